require('asl_lsp.filetype').add()
