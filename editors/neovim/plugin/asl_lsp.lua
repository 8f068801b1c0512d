if vim.g.loaded_asl_lsp then
  return
end
vim.g.loaded_asl_lsp = true

if vim.fn.has('nvim-0.10') == 0 then
  vim.notify('asl_lsp needs Neovim 0.10 or newer', vim.log.levels.ERROR)
  return
end

require('asl_lsp').setup()
