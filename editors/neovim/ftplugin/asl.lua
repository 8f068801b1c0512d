vim.cmd.runtime('ftplugin/json.vim')
-- As AWS writes its examples; JSON itself has no custom, and Neovim's default is eight.
vim.bo.expandtab = true
vim.bo.shiftwidth = 2
vim.bo.softtabstop = 2
vim.b.undo_ftplugin = (vim.b.undo_ftplugin and vim.b.undo_ftplugin .. ' | ' or '') .. 'setlocal expandtab< shiftwidth< softtabstop<'
require('asl_lsp.treesitter').start(vim.api.nvim_get_current_buf())
