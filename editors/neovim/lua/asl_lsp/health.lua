--- `:checkhealth asl_lsp`
local M = {}

local health = vim.health

local function neovim()
  local version = tostring(vim.version())
  if vim.fn.has('nvim-0.11') == 1 then
    health.ok('Neovim ' .. version)
  elseif vim.fn.has('nvim-0.10') == 1 then
    health.ok('Neovim ' .. version .. ': the server is started without `vim.lsp.enable`, which 0.11 has')
  else
    health.error('Neovim ' .. version .. ' is too old', 'Use 0.10 or newer.')
  end
end

local function server()
  local ok, config = pcall(require('asl_lsp').config)
  if not ok or not config then
    return health.error('there is no configuration `asl_lsp`', 'Is the folder of the plugin on the runtime path?')
  end
  local cmd = config.cmd
  if type(cmd) ~= 'table' then
    return health.info('`cmd` is a function; what it starts is not known')
  end
  if vim.fn.executable(cmd[1]) == 0 then
    return health.error('`' .. cmd[1] .. '` cannot be run', {
      'Put the server on your PATH, as the README of the plugin says,',
      "or name it: vim.g.asl_lsp = { config = { cmd = { '/path/to/asl-lsp' } } }",
    })
  end
  local started, run = pcall(vim.system, { cmd[1], '--version' }, { text = true, timeout = 5000 })
  local answer = started and run:wait()
  if answer and answer.code == 0 then
    health.ok(vim.trim(answer.stdout) .. ' (' .. vim.fn.exepath(cmd[1]) .. ')')
  else
    health.error('`' .. cmd[1] .. ' --version` failed', 'Is it the server?')
  end
end

local function clients()
  local running = require('asl_lsp').clients()
  if #running == 0 then
    health.info('the server is not running: open a state machine; if one is open, see `:messages` and the log of LSP')
  end
  for _, client in ipairs(running) do
    local buffers = vim.tbl_count(client.attached_buffers or {})
    health.ok(('running for %d buffer(s), positions in %s'):format(buffers, client.offset_encoding))
  end
  if (vim.g.asl_lsp or {}).enable == false then
    health.info('`vim.g.asl_lsp.enable` is false: the plugin does not start it')
  end
end

local function filetypes()
  for name, expected in pairs({ ['x.asl'] = 'asl', ['x.asl.json'] = 'asl', ['x.asl.yaml'] = 'asl-yaml', ['x.asl.yml'] = 'asl-yaml' }) do
    local found = vim.filetype.match({ filename = name })
    if found ~= expected then
      health.warn(('`%s` is taken for `%s`'):format(name, found), 'Something else adds the same pattern to `vim.filetype`.')
    end
  end
  health.ok('files are recognised by their name' .. ((vim.g.asl_lsp or {}).detect == false and '' or ' and their content'))
end

local function parsers()
  local treesitter = require('asl_lsp.treesitter')
  local usable = {}
  for language, base in pairs({ asl = 'json', asl_yaml = 'yaml' }) do
    if treesitter.add(language) then
      usable[#usable + 1] = language
      health.ok('parser of ' .. base)
    else
      health.warn('no parser of ' .. base, 'Install it, for example with `:TSInstall ' .. base .. '`; until then Vim’s syntax is used.')
    end
  end
  local missing = {}
  for language in pairs(treesitter.EMBEDDED) do
    if treesitter.has(language) then
      usable[#usable + 1] = language
    else
      missing[#missing + 1] = language
    end
  end
  if #missing > 0 then
    table.sort(missing)
    health.warn('no parser of ' .. table.concat(missing, ', ') .. ': expressions look like other strings', 'Run `:AslBuildParsers`.')
  else
    health.ok('parsers of expressions and paths')
  end
  for _, language in ipairs(usable) do
    for _, kind in ipairs({ 'highlights', 'injections', 'locals', 'folds', 'textobjects' }) do
      local ok, problem = pcall(vim.treesitter.query.get, language, kind)
      if not ok then
        health.error(('the query %s of %s does not fit the parser'):format(kind, language), tostring(problem))
      end
    end
  end
end

function M.check()
  health.start('asl_lsp: the server')
  neovim()
  server()
  clients()
  health.start('asl_lsp: files')
  filetypes()
  health.start('asl_lsp: colours')
  parsers()
end

return M
