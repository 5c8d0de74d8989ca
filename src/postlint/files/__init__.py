"""Where bytes are: the disk, Git trees and memory; reading, writing, matching and ignoring files."""
