vim.cmd.runtime('ftplugin/yaml.vim')
require('asl_lsp.treesitter').start(vim.api.nvim_get_current_buf())
