--- Colours and folds: our queries over the parsers of JSON and YAML, under names of their own, so that other files of
--- these formats look as before.
local M = {}

local BASES = { asl = 'json', asl_yaml = 'yaml' }

--- What is inside of the strings has parsers of its own; `M.build` makes them.
M.EMBEDDED = {
  jsonata = 'tree-sitter-jsonata/jsonata',
  jsonata_json = 'tree-sitter-jsonata/jsonata_json',
  aslpath = 'tree-sitter-asl-path/aslpath',
  aslpath_json = 'tree-sitter-asl-path/aslpath_json',
}

--- Makes a language known; says whether its parser is there.
---@param language 'asl'|'asl_yaml'
---@return boolean
function M.add(language)
  local base = BASES[language]
  local path = vim.api.nvim_get_runtime_file('parser/' .. base .. '.*', false)[1]
  if not path then
    return false
  end
  -- Neovim 0.10 fails with an error, newer ones answer nil.
  local ok, added = pcall(vim.treesitter.language.add, language, { path = path, symbol_name = base })
  return ok and (added ~= nil or vim.fn.has('nvim-0.11') == 0)
end

--- Starts highlighting in a buffer, where there is a parser and it is wanted.
---@param buffer integer
function M.start(buffer)
  if (vim.g.asl_lsp or {}).highlight == false then
    return
  end
  local language = vim.bo[buffer].filetype:gsub('-', '_')
  if BASES[language] and M.add(language) then
    vim.treesitter.language.register(language, vim.bo[buffer].filetype)
    vim.treesitter.start(buffer, language)
  end
end

--- Is there a parser of this name?
---@param language string
function M.has(language)
  return #vim.api.nvim_get_runtime_file('parser/' .. language .. '.*', false) > 0
end

--- Compiles the four parsers of embedded languages. They go where Neovim looks by itself.
---@param folder? string
function M.build(folder)
  folder = folder or vim.fn.stdpath('data') .. '/site/parser'
  local here = debug.getinfo(1, 'S').source:sub(2)
  local grammar = vim.fs.normalize(vim.fn.fnamemodify(vim.uv.fs_realpath(here) or here, ':h:h:h:h:h') .. '/grammar')
  if not vim.uv.fs_stat(grammar) then
    return vim.notify('asl_lsp: the grammars are not beside the plugin; clone the whole repository', vim.log.levels.ERROR)
  end
  local cc = vim.env.CC or 'cc'
  if vim.fn.executable(cc) == 0 then
    return vim.notify('asl_lsp: no C compiler `' .. cc .. '`', vim.log.levels.ERROR)
  end
  vim.fn.mkdir(folder, 'p')
  for name, source in pairs(M.EMBEDDED) do
    local src = grammar .. '/' .. source .. '/src'
    -- Beside it first: a parser that is in use must not be written over.
    local new = folder .. '/' .. name .. '.new'
    local done = vim
      .system({ cc, '-shared', '-fPIC', '-O2', '-I', src, '-o', new, src .. '/parser.c' }, { text = true })
      :wait(120000)
    if done.code ~= 0 then
      return vim.notify('asl_lsp: ' .. name .. ' was not built: ' .. (done.stderr or ''), vim.log.levels.ERROR)
    end
    assert(vim.uv.fs_rename(new, folder .. '/' .. name .. '.so'))
  end
  vim.notify('asl_lsp: four parsers are in ' .. folder .. '; they count for buffers that are opened from now on')
end

return M
