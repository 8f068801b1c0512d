vim.cmd.runtime('ftplugin/json.vim')
require('asl_lsp.treesitter').start(vim.api.nvim_get_current_buf())
