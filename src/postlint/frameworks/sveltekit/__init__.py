"""SvelteKit with mdsvex: what postlint knows of it; `framework` is the way in."""
