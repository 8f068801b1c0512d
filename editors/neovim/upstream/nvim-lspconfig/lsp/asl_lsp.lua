---@brief
---
--- https://github.com/asl-lsp/asl-lsp
---
--- Language server for Amazon States Language (AWS Step Functions) in JSON and YAML.
---
--- `asl-lsp` can be installed via `cargo`:
--- ```sh
--- cargo install asl-lsp
--- ```
---
--- Neovim does not have the filetypes `asl` and `asl-yaml`; add them:
--- ```lua
--- vim.filetype.add({
---   extension = { asl = 'asl' },
---   pattern = { ['.*%.asl%.json'] = 'asl', ['.*%.asl%.ya?ml'] = 'asl-yaml' },
--- })
--- ```

---@type vim.lsp.Config
return {
  cmd = { 'asl-lsp' },
  filetypes = { 'asl', 'asl-yaml' },
  root_markers = { 'asl-lsp.toml', '.git' },
}
