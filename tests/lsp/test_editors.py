"""Real editors, set up as the documentation says: each opens a post, waits for the finding, and applies the fix."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT, environment
from editors import HEAD, PATIENCE, POST

pytest.importorskip("pygls")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the editors are looked for as on Unix")
BAD = HEAD.replace("\r\n", "\n") + "Now â€” then.\n"
GOOD = BAD.replace("â€”", "—")

NEOVIM = """
local function save(found)
  local file = io.open('out.json', 'w')
  file:write(vim.fn.json_encode({ found = found, text = vim.api.nvim_buf_get_lines(0, 0, -1, false) }))
  file:close()
end
vim.cmd('edit ' .. 'POST')
if vim.lsp.config then
  vim.bo.filetype = 'markdown'
else
  local client = vim.lsp.start_client({ name = 'postlint', cmd = { 'postlint', 'server' }, root_dir = vim.fn.getcwd() })
  vim.lsp.buf_attach_client(0, client)
end
local found = {}
vim.wait(60000, function()
  found = vim.diagnostic.get(0)
  return #found > 0
end, 50)
local only = { only = { 'source.fixAll' }, diagnostics = {} }
local range = { start = { line = 0, character = 0 }, ['end'] = { line = 99, character = 0 } }
local params = { textDocument = vim.lsp.util.make_text_document_params(), range = range, context = only }
local answers = vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 60000)
for id, answer in pairs(answers or {}) do
  for _, action in ipairs(answer.result or {}) do
    vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(id).offset_encoding)
  end
end
local rules = vim.tbl_map(function(one) return one.code end, found)
vim.wait(60000, function() return #vim.diagnostic.get(0) == 0 end, 50)
save({ before = rules, after = #vim.diagnostic.get(0) })
vim.cmd('qall!')
"""

EMACS = """
(require 'cl-lib)
(require 'json)
(unless (fboundp 'markdown-mode)
  (define-derived-mode markdown-mode text-mode "Markdown"))
(add-to-list 'auto-mode-alist '("\\\\.md\\\\'" . markdown-mode))
(setq eglot-sync-connect 60 make-backup-files nil)
(defun wait-until (ready)
  (let ((end (+ (float-time) 60)))
    (while (and (not (funcall ready)) (< (float-time) end))
      (accept-process-output nil 0.1))))
(find-file "POST")
(apply #'eglot--connect (eglot--guess-contact))
(eglot--maybe-activate-editing-mode)
(flymake-mode 1)
(flymake-start)
(wait-until (lambda () (flymake-diagnostics)))
(let ((before (length (flymake-diagnostics))) actions)
  (setq actions (eglot-code-actions (point-min) (point-max) "source.fixAll.postlint"))
  (cl-loop for action across (vconcat actions)
           do (eglot--apply-workspace-edit (plist-get action :edit)))
  (wait-until (lambda () (null (flymake-diagnostics))))
  (let ((text (buffer-substring-no-properties (point-min) (point-max)))
        (after (length (flymake-diagnostics))))
    (with-temp-file (expand-file-name "out.json" "FOLDER")
      (insert (json-encode (list :before before :after after :text text))))))
(kill-emacs 0)
"""


def settings(language):
    """The set-up of docs/editors.md in this language."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", (ROOT / "docs/editors.md").read_text(), re.S | re.M)
    return found


@pytest.fixture
def site(astro):
    """A site with one damaged post, in a repository, and `postlint` on the path."""
    root = astro({POST: BAD, ".git/HEAD": "ref: refs/heads/main\n"})
    command = root / "bin/postlint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m postlint "$@"\n')
    command.chmod(0o755)
    return root


def run(root, *command):
    env = environment(root)
    env["PATH"] = f"{root / 'bin'}{os.pathsep}{env['PATH']}"
    env["XDG_DATA_HOME"] = env["XDG_STATE_HOME"] = str(root / "home")
    done = subprocess.run(
        command, cwd=root, env=env, capture_output=True, timeout=2 * PATIENCE, stdin=subprocess.DEVNULL
    )
    out = root / "out.json"
    assert out.exists(), done.stdout + done.stderr
    return json.loads(out.read_text("utf-8"))


def editors(name, variable):
    """The editor on the path, and the one that the environment variable names."""
    return list(dict.fromkeys(path for path in (shutil.which(name), os.environ.get(variable)) if path))


@pytest.mark.parametrize("program", editors("nvim", "POSTLINT_NVIM") or [None])
def test_neovim(site, program):
    if program is None:
        pytest.skip("Neovim is not installed (nvim on the path, or POSTLINT_NVIM)")
    (site / "init.lua").write_text(f"if vim.lsp.config then\n{settings('lua')}\nend\n", "utf-8")
    (site / "test.lua").write_text(NEOVIM.replace("POST", POST), "utf-8")
    found = run(site, program, "--headless", "--clean", "-u", "init.lua", "-c", "luafile test.lua")
    assert found == {"found": {"before": ["mojibake"], "after": 0}, "text": GOOD.splitlines()}


@pytest.mark.parametrize("program", editors("emacs", "POSTLINT_EMACS") or [None])
def test_emacs(site, program):
    if program is None:
        pytest.skip("Emacs is not installed (emacs on the path, or POSTLINT_EMACS)")
    script = EMACS.replace("POST", POST).replace("FOLDER", str(site))
    (site / "test.el").write_text(f"{settings('lisp')}\n{script}", "utf-8")
    probe = ("--batch", "--eval", "(progn (package-initialize) (require 'eglot))")
    if subprocess.run([program, *probe], capture_output=True, timeout=PATIENCE).returncode:
        pytest.skip("this Emacs has no eglot")
    found = run(site, program, "--batch", "--eval", "(progn (package-initialize) (require 'eglot))", "-l", "test.el")
    assert found == {"before": 1, "after": 0, "text": GOOD}
