--- Starts the server. Nothing has to be called: `plugin/asl_lsp.lua` does.
---
--- `vim.g.asl_lsp`, set before, holds what is wanted otherwise:
---   enable     false: the server is started by other means (nvim-lspconfig, `vim.lsp.enable`)
---   detect     false: files are recognised by their name only
---   highlight  false: no tree-sitter highlighting
---   config     as for `vim.lsp.config('asl_lsp', config)`; on Neovim 0.10 the only way to say it
local M = {}

local NAME = 'asl_lsp'
local modern = vim.fn.has('nvim-0.11') == 1

local function options()
  return vim.g.asl_lsp or {}
end

--- The configuration in effect.
---@return table
function M.config()
  if modern then
    return vim.lsp.config[NAME]
  end
  local file = vim.api.nvim_get_runtime_file('lsp/asl_lsp.lua', false)[1]
  return vim.tbl_deep_extend('force', { name = NAME }, dofile(file), options().config or {})
end

---@return table[]
function M.clients()
  return vim.lsp.get_clients({ name = NAME })
end

--- What `vim.lsp.enable` does, for Neovim 0.10.
local function attach(buffer)
  local config = M.config()
  if vim.bo[buffer].buftype == '' and vim.tbl_contains(config.filetypes, vim.bo[buffer].filetype) then
    config.root_dir = config.root_dir or vim.fs.root(buffer, config.root_markers)
    vim.lsp.start(config, {
      bufnr = buffer,
      -- One server for all that are below no root, too.
      reuse_client = function(client, other)
        return client.name == other.name and client.config.root_dir == other.root_dir
      end,
    })
  end
end

local function attach_all()
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) then
      attach(buffer)
    end
  end
end

local function enable()
  if modern then
    vim.lsp.enable(NAME)
    return
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup(NAME, { clear = true }),
    callback = function(event)
      attach(event.buf)
    end,
  })
  if vim.v.vim_did_enter == 1 then
    attach_all()
  end
end

--- Ends the server, if it still runs, and starts it anew for all buffers.
function M.restart()
  local function stop(force)
    for _, client in ipairs(M.clients()) do
      if modern then
        client:stop(force)
      else
        client.stop(force)
      end
    end
  end
  local function start()
    if modern then
      vim.lsp.enable(NAME)
    else
      attach_all()
    end
  end
  if modern then
    vim.lsp.enable(NAME, false)
  end
  stop(false)
  -- It is asked politely for two seconds.
  local timer, rounds = assert(vim.uv.new_timer()), 0
  timer:start(0, 50, vim.schedule_wrap(function()
    if timer:is_closing() then
      return
    end
    rounds = rounds + 1
    if #M.clients() == 0 or rounds == 80 then
      timer:close()
      start()
    elseif rounds == 40 then
      stop(true)
    end
  end))
end

function M.setup()
  require('asl_lsp.filetype').add()
  if modern and options().config then
    vim.lsp.config(NAME, options().config)
  end
  if options().enable ~= false then
    enable()
  end
  vim.api.nvim_create_user_command('AslRestart', M.restart, { desc = 'Restart the ASL language server' })
  vim.api.nvim_create_user_command('AslGraph', function(command)
    require('asl_lsp.graph').show(command.fargs[1])
  end, {
    nargs = '?',
    complete = function(typed)
      return vim.tbl_filter(function(format) return vim.startswith(format, typed) end, { 'svg', 'mermaid', 'dot' })
    end,
    desc = 'Draw the state machine: in the browser, or as Mermaid or DOT in a split',
  })
  vim.api.nvim_create_user_command('AslBuildParsers', function()
    require('asl_lsp.treesitter').build()
  end, { desc = 'Compile the tree-sitter parsers for what is inside of ASL strings' })
end

return M
