---@brief
---
--- https://github.com/asl-lsp/asl-lsp
---
--- Language server for Amazon States Language (AWS Step Functions), in JSON and YAML.
--- Change something with `vim.lsp.config('asl_lsp', { … })`.

---@type vim.lsp.Config
return {
  cmd = { 'asl-lsp' },
  filetypes = { 'asl', 'asl-yaml' },
  root_markers = { 'asl-lsp.toml', '.git' },
}
