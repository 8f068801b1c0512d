-- Drives Neovim through the stories, by its default keys, and asserts on what it shows.
--
--   nvim -l neovim.lua NVIM SERVER SCREENS [STORY…]
--
-- NVIM is the editor under test, a child that is spoken to over its stdin and stdout; nothing listens. SERVER is our
-- binary. The child has a home of its own with the plugin in `pack/*/start`, as one installs it without a manager.
local nvim, server, screens = _G.arg[1], _G.arg[2], _G.arg[3]
local only = vim.list_slice(_G.arg, 4)
local here = vim.fs.dirname(vim.fs.normalize(vim.fn.fnamemodify(debug.getinfo(1, 'S').source:sub(2), ':p')))
local root = vim.fs.dirname(vim.fs.dirname(here))

local function say(line)
  io.stdout:write(line, '\n')
  io.stdout:flush()
end
local function read(path)
  local file = assert(io.open(path))
  local text = file:read('a')
  file:close()
  return text
end
local function write(path, text)
  local file = assert(io.open(path, 'w'))
  file:write(text)
  file:close()
end
local function has(text, part)
  return type(text) == 'string' and text:find(part, 1, true) ~= nil
end

-- The home: the plugin, the parsers of JSON and YAML, and a configuration as a user would write it.
local home = assert(vim.uv.fs_mkdtemp(vim.uv.os_tmpdir() .. '/asl-neovim.XXXXXX'))
local site = home .. '/.local/share/nvim/site'
vim.fn.mkdir(site .. '/pack/asl/start', 'p')
vim.fn.mkdir(site .. '/parser', 'p')
vim.fn.mkdir(home .. '/.config/nvim', 'p')
assert(vim.uv.fs_symlink(root .. '/editors/neovim', site .. '/pack/asl/start/asl-lsp'))
for _, name in ipairs({ 'json', 'yaml' }) do
  assert(vim.uv.fs_symlink(vim.env.ASL_PARSERS .. '/' .. name .. '.so', site .. '/parser/' .. name .. '.so'))
end
-- The process id is noted, so that one step can kill the server.
local pid_file = home .. '/server.pid'
write(home .. '/asl-lsp', ('#!/bin/sh\necho $$ > %q\nexec %q "$@"\n'):format(pid_file, server))
assert(vim.uv.fs_chmod(home .. '/asl-lsp', 493))
-- What would open the browser keeps the page.
vim.fn.mkdir(home .. '/bin', 'p')
write(home .. '/bin/xdg-open', ('#!/bin/sh\ncp "$1" %q\n'):format(home .. '/opened.html'))
assert(vim.uv.fs_chmod(home .. '/bin/xdg-open', 493))
local path = home .. '/bin:' .. vim.env.PATH
write(home .. '/.config/nvim/init.lua', ([[
vim.o.swapfile = false
vim.o.completeopt = 'menuone,noinsert'
vim.g.asl_lsp = { config = { cmd = { %q } } }
if vim.fn.has('nvim-0.11') == 0 then -- The keys that newer ones have by default.
  vim.keymap.set('n', 'gra', vim.lsp.buf.code_action)
  vim.keymap.set('n', 'grn', vim.lsp.buf.rename)
  vim.keymap.set('n', 'gO', vim.lsp.buf.document_symbol)
elseif vim.env.ASL_COMPLETION == 'lsp' then
  vim.api.nvim_create_autocmd('LspAttach', { callback = function(event)
    vim.lsp.completion.enable(true, event.data.client_id, event.buf, { autotrigger = false })
  end })
end
]]):format(home .. '/asl-lsp'))

local failed, child, editor, started = 0, nil, '', vim.uv.hrtime()

local function stop()
  if child and vim.fn.jobwait({ child }, 0)[1] == -1 then
    vim.fn.jobstop(child)
    vim.fn.jobwait({ child }, 3000)
  end
  child = nil
end
local function rpc(name, ...)
  return vim.rpcrequest(child, 'nvim_' .. name, ...)
end
local function lua(code, ...)
  if rpc('get_mode').blocking then
    error('Neovim waits at a prompt', 0)
  end
  return rpc('exec_lua', code, { ... })
end
local function keys(text)
  rpc('input', text)
end
local function await(what, probe, milliseconds)
  local value
  local ok = vim.wait(milliseconds or tonumber(vim.env.ASL_EDITORS_WAIT) or 10000, function()
    value = probe()
    return value and value ~= vim.NIL
  end, 20)
  if not ok then
    error('waited in vain for ' .. what, 0)
  end
  return value
end
local function buffer()
  return table.concat(rpc('buf_get_lines', 0, 0, -1, false), '\n') .. '\n'
end
local function screen()
  return lua([[
    vim.cmd.redraw()
    local lines = {}
    for row = 1, vim.o.lines do
      local cells = {}
      for column = 1, vim.o.columns do cells[column] = vim.fn.screenstring(row, column) end
      lines[row] = table.concat(cells):gsub('%s+$', '')
    end
    return table.concat(lines, '\n')
  ]])
end
local function prompting()
  local mode = rpc('get_mode')
  return mode.blocking or mode.mode:find('^[cr]') ~= nil
end
local function normal()
  local asked
  await('normal mode', function()
    local mode, now = rpc('get_mode'), vim.uv.hrtime()
    if asked and not mode.blocking and mode.mode == 'n' then
      return true
    end
    -- A snippet that unfolds late begins to insert again.
    if not asked or now - asked > 5e8 then
      keys('<C-\\><C-n>')
      asked = now
    end
  end)
end
--- The text of the float at the cursor.
local function float()
  return lua([[
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false), '\n')
      end
    end]])
end
local function close_float()
  lua([[for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then vim.api.nvim_win_close(window, true) end
  end]])
end
--- The place that a text with a `|` in it marks: row from 1, column from 0.
local function find(marked)
  local before, after = marked:match('^(.-)|(.*)$')
  local text = buffer()
  local at = text:find(before .. after, 1, true)
  if not at then
    error('the buffer has no ' .. marked, 0)
  end
  local head = text:sub(1, at + #before - 1)
  return { select(2, head:gsub('\n', '')) + 1, #head:match('[^\n]*$') }
end
local function go(marked)
  rpc('win_set_cursor', 0, find(marked))
end
local function holds(parts)
  return function()
    local text = buffer()
    for _, part in ipairs(parts) do
      if not has(text, part) then
        return false
      end
    end
    return true
  end
end
local function diagnostics()
  return lua('return vim.diagnostic.get(0)')
end
local function diagnosed(message)
  return vim.iter(diagnostics()):find(function(it)
    return has(it.message, message)
  end)
end

local function undo(before)
  for _ = 1, 5 do
    keys('u')
    if vim.wait(200, function() return buffer() == before end, 10) then
      return
    end
  end
  error('it cannot be undone', 0)
end

local story
local function keep(name)
  local file = ('%s/%s-%s-%s.txt'):format(screens, editor, story.file:match('^%w+'), name)
  write(file, screen() .. '\n')
end
local function step(name, run)
  local ok, note = pcall(run)
  local time = ('%5.1f s'):format((vim.uv.hrtime() - started) / 1e9)
  say(('%s %s  %s  %s: %s%s'):format(ok and 'ok    ' or 'not ok', time, editor, story.file, name, note and ' – ' .. note or ''))
  if not ok then
    failed = failed + 1
    pcall(keep, 'failed-' .. name:gsub('%W', '-'))
    pcall(normal)
    pcall(close_float)
  end
end

--- Types, asks for completion, walks down to a label and takes it.
local function complete(wanted)
  keys('<C-x><C-o>')
  await('the menu of completion', function()
    return lua('return vim.fn.pumvisible()') == 1
  end)
  local function selected()
    return lua([[
      local info = vim.fn.complete_info({ 'selected', 'items' })
      local item = info.items[info.selected + 1]
      return item and (item.abbr ~= '' and item.abbr or item.word) or '']])
  end
  local labels = lua([[return vim.tbl_map(function(item)
    return item.abbr ~= '' and item.abbr or item.word end, vim.fn.complete_info({ 'items' }).items)]])
  assert(vim.tbl_contains(labels, wanted.label), 'offered: ' .. table.concat(labels, ', '))
  for _ = 1, #labels do
    if selected() == wanted.label then
      break
    end
    local before = selected()
    keys('<C-n>')
    await('another selection', function() return selected() ~= before end)
  end
  keep('completion')
  keys('<C-y>')
  await('the end of the menu', function() return lua('return vim.fn.pumvisible()') == 0 end)
end

--- What Neovim 0.10 does not have, or not switched on.
local function in_newer_ones()
  step('the server colours what is in strings', function()
    local at = find(story.colour.at)
    return await('a token', function()
      return lua([[
        local token = (vim.lsp.semantic_tokens.get_at_pos(0, ...) or {})[1]
        return token and '@lsp.type.' .. token.type]], at[1] - 1, at[2])
    end)
  end)

  step('hints stand between the words once they are wanted', function()
    local client = "vim.lsp.get_clients({ bufnr = 0, name = 'asl_lsp' })[1]"
    local function configure(inlay)
      lua(client .. ":notify('workspace/didChangeConfiguration', { settings = { asl = { inlay = ... } } })", inlay)
    end
    local function hint()
      return lua([[
        local hint = vim.lsp.inlay_hint.get({ bufnr = 0 })[1]
        local label = hint and hint.inlay_hint.label
        return type(label) == 'table' and label[1].value or label]])
    end
    assert(hint() == vim.NIL, 'there are hints that nobody asked for')
    configure({ targets = true, durations = true, languages = true })
    -- Neovim may not draw what a second answer brings for a text that it has drawn without.
    await('the settings', function()
      return lua('local client = ' .. client .. [[
        local range = { start = { line = 0, character = 0 }, ['end'] = { line = vim.fn.line('$'), character = 0 } }
        local parameters = { textDocument = vim.lsp.util.make_text_document_params(), range = range }
        local answer = client:request_sync('textDocument/inlayHint', parameters, 2000, 0)
        return answer and #(answer.result or {}) > 0]])
    end)
    lua('vim.lsp.inlay_hint.enable(true, { bufnr = 0 })')
    local label = vim.trim(await('a hint', hint))
    await('the hint on the screen', function() return has(screen(), label) end)
    keep('hints')
    lua('vim.lsp.inlay_hint.enable(false, { bufnr = 0 })')
    configure({ targets = false, durations = false, languages = false })
    return label
  end)

  step('a state is folded', function()
    lua("vim.wo.foldexpr = 'v:lua.vim.lsp.foldexpr()' vim.wo.foldmethod = 'expr'")
    local row = find('|' .. story.definition.line)[1]
    await('the folds', function() return lua('return vim.fn.foldlevel(...)', row + 1) > 1 end)
    rpc('win_set_cursor', 0, { row, 0 })
    keys('zMzvzc')
    local first = await('a closed fold', function()
      local first = lua('return vim.fn.foldclosed(...)', row)
      return first > 0 and first
    end)
    local last = lua('return vim.fn.foldclosedend(...)', row)
    assert(first == row and last > row, ('lines %d to %d'):format(first, last))
    keys('zn')
    lua("vim.wo.foldmethod = 'manual'")
    return ('lines %d to %d'):format(first, last)
  end)
end

local function play(workspace, mode)
  for _, name in ipairs({ '.config', '.cache', '.local/state' }) do
    vim.fn.mkdir(home .. '/' .. name, 'p')
  end
  local errors = {}
  child = vim.fn.jobstart({ nvim, '--headless', '--embed', '-i', 'NONE', story.file }, {
    rpc = true,
    cwd = workspace,
    clear_env = true,
    env = {
      HOME = home, PATH = path, LANG = 'C.UTF-8', TMPDIR = home, ASL_COMPLETION = mode,
      VIMRUNTIME = vim.env.ASL_VIMRUNTIME, XDG_RUNTIME_DIR = home,
    },
    on_stderr = function(_, lines) vim.list_extend(errors, lines) end,
  })
  assert(child > 0, 'Neovim does not start')

  step('the server starts', function()
    rpc('set_option_value', 'lines', 40, {})
    rpc('set_option_value', 'columns', 110, {})
    local filetype = lua('return vim.bo.filetype')
    assert(filetype == story.filetype, 'the filetype is ' .. filetype)
    return await('the server', function()
      return lua([[
        local client = vim.lsp.get_clients({ bufnr = 0, name = 'asl_lsp' })[1]
        return client and client.initialized and
          ('%s, positions in %s'):format(tostring(vim.version()), client.offset_encoding)]])
    end)
  end)

  step('expressions are coloured', function()
    local at = find(story.colour.at)
    return await('a capture of ' .. story.colour.language, function()
      return lua([[
        local row, column, language = ...
        pcall(function() vim.treesitter.get_parser(0):parse(true) end)
        for _, capture in ipairs(vim.treesitter.get_captures_at_pos(0, row, column)) do
          if capture.lang == language then return '@' .. capture.capture end
        end]], at[1] - 1, at[2], story.colour.language)
    end)
  end)

  step('the mistake is shown', function()
    local finding = await('the diagnostic', function() return diagnosed(story.diagnostic.message) end)
    local at = find(story.diagnostic.at)
    assert(finding.lnum + 1 == at[1] and math.abs(finding.col - at[2]) <= 1, ('at %d:%d'):format(finding.lnum + 1, finding.col))
    assert(finding.code == story.diagnostic.code, 'its code is ' .. tostring(finding.code))
    assert(#diagnostics() == 1, 'and others: ' .. vim.inspect(diagnostics()))
    go(story.diagnostic.at)
    keys('<C-w>d')
    await('the float of the diagnostic', function() return has(float(), story.diagnostic.message) end)
    keep('diagnostic')
    close_float()
    return finding.message
  end)

  for what, hover in pairs({ field = story.hover, parameter = story.call.parameter }) do
    step('hover of a ' .. what .. ' has a link', function()
      go(hover.at)
      keys('K')
      local text = await('the float', function()
        local text = float()
        return has(text, hover.expect[1]) and text
      end)
      for _, part in ipairs(hover.expect) do
        assert(has(text, part), text)
      end
      assert(has(text, hover.link), text)
      keep('hover-' .. what)
      close_float()
    end)
  end

  step('a quick fix is applied', function()
    go(story.action.at)
    keys('gra')
    await('the menu', prompting)
    vim.wait(50)
    keys('1<CR>')
    await('the fix', function() return not prompting() and holds(story.action.result)() end)
    await('no diagnostic', function() return not diagnosed(story.diagnostic.message) end)
    return story.action.title
  end)

  step('to a state', function()
    go(story.definition.at)
    keys('<C-]>')
    return await('the state', function()
      local line = vim.trim(rpc('get_current_line'))
      return line:sub(1, #story.definition.line) == story.definition.line and line
    end)
  end)

  step('a field is completed', function()
    local row = find('|' .. story.fields.below)[1]
    rpc('win_set_cursor', 0, { row, 0 })
    local before = buffer()
    keys('o' .. story.fields.type)
    await('the typed text', function() return has(buffer(), story.fields.type) end)
    complete(story.fields)
    await('the field', holds({ story.fields.result }))
    keep('completed')
    normal()
    local after = vim.trim(buffer():match('[^\n]*' .. vim.pesc(story.fields.label) .. '[^\n]*'))
    assert(not has(after, '$'), after)
    -- No new mistake: what was inserted fits what stands around it.
    vim.wait(100)
    await('the checked document', function() return not vim.iter(diagnostics()):any(function(it) return has(it.code or '', 'json-') end) end)
    -- As it was before: what follows is about something else.
    undo(before)
    return after
  end)

  if story.filetype == 'asl' then
    step('a field is completed inside of its quotes', function()
      local row = find('|' .. story.fields.below)[1]
      rpc('win_set_cursor', 0, { row, 0 })
      local before = buffer()
      keys('o' .. story.fields.type .. '"<Left>')
      await('the typed text', function() return has(buffer(), story.fields.type .. '"') end)
      complete(story.fields)
      local line = await('the field', function()
        return vim.iter(rpc('buf_get_lines', 0, 0, -1, false)):find(function(line)
          return vim.startswith(vim.trim(line), '"' .. story.fields.label .. '"')
        end)
      end)
      normal()
      undo(before)
      return vim.trim(line)
    end)
  end

  step('a state is completed', function()
    local before = buffer()
    go(story.states.at)
    keys((story.filetype == 'asl' and 'ci"' or 'C') .. story.states.type)
    await('the typed text', function() return rpc('get_mode').mode == 'i' and buffer() ~= before end)
    complete(story.states)
    await('the name', holds({ story.states.result }))
    normal()
    undo(before)
  end)

  step('a call is completed, from its service to a parameter', function()
    local call, before = story.call, buffer()
    go(call.without)
    keys(call.lines .. 'dd')
    -- What Neovim 0.10 has takes only what begins with the typed text, and leaves additional edits out.
    local whole = mode == 'lsp'
    local typed = whole and call.type or 'arn:aws:states:::' .. call.type
    go(call.at)
    keys((story.filetype == 'asl' and 'ci"' or whole and 'C' or 'C""<Left>') .. typed)
    await('the typed text', function() return rpc('get_mode').mode == 'i' and has(rpc('get_current_line'), typed) end)
    complete({ label = call.service })
    await('the service', function() return has(buffer(), call.arn) end)
    complete({ label = whole and call.action or call.action:match('^%S+') })
    await('the call', holds(whole and call.result or { call.result[1] }))
    keep('call')
    normal()
    await('a checked document', function() return not vim.iter(diagnostics()):any(function(it) return has(it.code or '', '-syntax') end) end)
    if not whole then
      undo(before)
    end
    go(call.below)
    keys('o' .. call.key)
    await('the typed text', function() return has(buffer(), call.key) end)
    complete({ label = call.label })
    keep('parameter')
    local line = rpc('get_current_line')
    assert(has(line, call.label), line)
    local indent = #buffer():match('\n( *)[^\n]*\n[^\n]*' .. vim.pesc(call.label))
    assert(#line:match('^ *') == indent + 2, 'its indent is ' .. #line:match('^ *'))
    normal()
    undo(before)
    return vim.trim(line)
  end)

  step('a state is renamed', function()
    go(story.rename.at)
    keys('grn')
    await('the prompt', prompting)
    vim.wait(50)
    keys('<C-u>' .. story.rename.to:gsub('<', '<lt>') .. '<CR>')
    await('the new name', function() return not prompting() and holds(story.rename.result)() end)
  end)

  step('symbols are listed', function()
    keys('gO')
    local text = await('the list', function()
      local items = lua([[
        local items = vim.fn.getloclist(0)
        if #items == 0 then items = vim.fn.getqflist() end
        return vim.tbl_map(function(item) return item.text end, items)]])
      local text = table.concat(items, ' | ')
      return #items > 0 and text
    end)
    for _, name in ipairs(story.symbols) do
      assert(has(text, name), text)
    end
    keep('symbols')
    lua('vim.cmd.lclose() vim.cmd.cclose()')
    return text
  end)

  step('the machine is drawn', function()
    local page = home .. '/opened.html'
    vim.fn.delete(page)
    keys(':AslGraph<CR>')
    local drawing = await('the browser', function()
      local text = vim.uv.fs_stat(page) and read(page)
      return has(text, '</svg>') and text
    end)
    for _, name in ipairs(story.symbols) do
      assert(has(drawing, name), name .. ' is not in it')
    end
  end)

  step('the machine is written as Mermaid', function()
    keys(':AslGraph mermaid<CR>')
    local text = await('the split', function() return lua('return vim.bo.filetype') == 'mermaid' and buffer() end)
    assert(has(text, 'flowchart'), text)
    for _, name in ipairs(story.symbols) do
      assert(has(text, name), text)
    end
    keys(':close<CR>')
    await('the document', function() return lua('return vim.bo.filetype') == story.filetype end)
  end)

  step('the document is formatted', function()
    rpc('win_set_cursor', 0, { 2, 0 })
    local before = buffer()
    keys(story.filetype == 'asl' and 'J' or 'A   <Esc>')
    await('the change', function() return buffer() ~= before end)
    lua('vim.lsp.buf.format()')
    await('the layout', function() return buffer() == before end)
  end)

  if mode == 'lsp' then
    in_newer_ones()
  end

  step('a killed server is told, and restarts', function()
    local text = buffer()
    local pid = tonumber(read(pid_file))
    assert(vim.uv.kill(pid, 'sigkill'))
    await('the end of the client', function()
      return not lua("return vim.lsp.get_clients({ name = 'asl_lsp' })[1] ~= nil")
    end)
    await('a message', function() return has(lua("return vim.fn.execute('messages')"), 'asl_lsp') end)
    if prompting() then
      keys('<CR>')
    end
    assert(buffer() == text, 'text is lost')
    keys(':AslRestart<CR>')
    await('another server', function()
      return tonumber(read(pid_file)) ~= pid
        and lua("local client = vim.lsp.get_clients({ bufnr = 0, name = 'asl_lsp' })[1] return client and client.initialized")
    end)
    -- A mistake is found again.
    go(story.definition.at)
    keys(story.filetype == 'asl' and 'ci"gone<Esc>' or 'Cgone<Esc>')
    await('the diagnostic', function() return diagnosed('`gone`') or diagnosed('gone') end)
    undo(text)
    -- And once more with the server alive.
    local second = read(pid_file)
    keys(':AslRestart<CR>')
    await('a third server', function()
      return read(pid_file) ~= second
        and lua("local client = vim.lsp.get_clients({ bufnr = 0, name = 'asl_lsp' })[1] return client and client.initialized")
    end)
    assert(lua("return #vim.lsp.get_clients({ name = 'asl_lsp' })") == 1, 'two servers run')
  end)

  step('it is written, and all ends', function()
    local text = buffer()
    local pid = tonumber(read(pid_file))
    keys(':wq<CR>')
    assert(vim.fn.jobwait({ child }, 5000)[1] == 0, 'Neovim does not end')
    assert(read(workspace .. '/' .. story.file) == text, 'another text is on disk')
    assert(vim.wait(5000, function() return not vim.uv.kill(pid, 0) or vim.uv.kill(pid, 0) ~= 0 end, 50), 'the server still runs')
  end)
  stop()
  local said = vim.trim(table.concat(errors, '\n'))
  if said ~= '' then
    say('       Neovim said: ' .. said)
  end
end

--- What does not depend on a document.
local function alone(name, lines, run)
  story = { file = name }
  local workspace = home .. '/alone'
  vim.fn.mkdir(workspace, 'p')
  write(workspace .. '/' .. name, lines)
  child = vim.fn.jobstart({ nvim, '--headless', '--embed', '-i', 'NONE', name }, {
    rpc = true, cwd = workspace, clear_env = true,
    env = { HOME = home, PATH = path, LANG = 'C.UTF-8', TMPDIR = home, VIMRUNTIME = vim.env.ASL_VIMRUNTIME, XDG_RUNTIME_DIR = home },
  })
  run()
  stop()
end
--- A machine of a megabyte; its last transition leads nowhere.
local function large()
  local states = {}
  for number = 1, 4000 do
    states[number] = ([[
    "State %d": {
      "Type": "Task",
      "Resource": "arn:aws:states:::glue:startJobRun.sync",
      "Arguments": { "JobName": "{%% $states.input.job & \"-%d\" %%}" },
      "TimeoutSeconds": 60,
      "Retry": [{ "ErrorEquals": ["States.TaskFailed"], "JitterStrategy": "FULL" }],
      "Next": "%s"
    }]]):format(number, number, number < 4000 and 'State ' .. number + 1 or 'Nowhere')
  end
  local head = '{\n  "QueryLanguage": "JSONata",\n  "StartAt": "State 1",\n  "States": {\n'
  return head .. table.concat(states, ',\n') .. '\n  }\n}\n'
end
local function filetype(name, lines, expected)
  alone(name, lines, function()
    step('its filetype is ' .. expected, function()
      local found = lua('return vim.bo.filetype')
      assert(found == expected, 'it is ' .. found)
      local attached = expected:find('^asl') ~= nil
      if attached then
        await('the server', function() return lua("return vim.lsp.get_clients({ bufnr = 0, name = 'asl_lsp' })[1] ~= nil") end)
      else
        vim.wait(200)
        assert(not lua("return vim.lsp.get_clients({ name = 'asl_lsp' })[1] ~= nil"), 'the server runs')
      end
    end)
  end)
end

local ok, problem = xpcall(function()
  local version = vim.trim(vim.system({ nvim, '--version' }, { text = true }):wait().stdout):match('v(%d+%.%d+%.%d+)')
  editor = 'neovim-' .. version
  alone('first.asl.json', '{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}\n', function()
    step('the parsers are built, and health is good', function()
      rpc('set_option_value', 'lines', 40, {})
      rpc('set_option_value', 'columns', 110, {})
      await('the server', function() return lua("return vim.lsp.get_clients({ name = 'asl_lsp' })[1] ~= nil") end)
      lua("vim.cmd('AslBuildParsers')")
      lua("vim.cmd('checkhealth asl_lsp')")
      local text = buffer()
      keep('health')
      assert(has(text, 'asl-lsp 0.') and has(text, 'running for 1 buffer'), text)
      assert(not has(text, 'ERROR') and not has(text, 'WARNING'), text)
      lua("vim.cmd('help :AslRestart')")
      assert(has(buffer(), '*asl_lsp.txt*'), 'no help')
      vim.fn.mkdir(home .. '/doc', 'p')
      write(home .. '/doc/asl_lsp.txt', read(root .. '/editors/neovim/doc/asl_lsp.txt'))
      lua('vim.cmd.helptags(...)', home .. '/doc')
      assert(read(home .. '/doc/tags') == read(root .. '/editors/neovim/doc/tags'), 'other tags: run :helptags')
    end)
  end)
  filetype('content.json', '{ "Comment": "a \\"States\\" of mind {",\n "States": {}, "StartAt": "A"\n', 'asl')
  filetype('comments.json', '// don\'t "start\n{ /* { */ "StartAt": "A", "States": {} }\n', 'asl')
  filetype('dos.json', '\239\187\191{\r\n  "StartAt": "A",\r\n  "States": {}\r\n}\r\n', 'asl')
  local quotes = ('\\"'):rep(100000)
  filetype('quotes.json', ('{"Comment":"%s","StartAt":"A","States":{}}'):format(quotes), 'asl')
  filetype('other.json', '{ "StartAt": "A", "inner": { "States": {} } }\n', 'json')
  filetype('package.json', '{ "scripts": { "StartAt": "a", "States": "b" } }\n', 'json')
  filetype('content.yml', '# A comment\nStartAt: A\nStates:\n  A: {Type: Succeed}\n', 'asl-yaml')
  filetype('flow.yaml', '{"StartAt": "A", "States": {}}\n', 'asl-yaml')
  filetype('other.yaml', 'inner:\n  StartAt: A\n  States: {}\n', 'yaml')

  alone('large.asl.json', large(), function()
    rpc('set_option_value', 'lines', 40, {})
    rpc('set_option_value', 'columns', 110, {})
    step('a megabyte stays usable', function()
      await('the diagnostic at its end', function() return diagnosed('there is no state `Nowhere`') end, 30000)
      go('"Next": "|State 2000"')
      local since = vim.uv.hrtime()
      keys('ci"gone')
      await('what was typed', function() return has(screen(), '"Next": "gone"') end)
      local shown = vim.uv.hrtime()
      await('its diagnostic', function() return diagnosed('there is no state `gone`') end)
      keep('typed')
      normal()
      return ('shown after %d ms, found after %d ms'):format((shown - since) / 1e6, (vim.uv.hrtime() - since) / 1e6)
    end)
  end)

  local workspace = home .. '/project'
  local modern = not version:find('^0%.10%.')
  for _, it in ipairs(vim.json.decode(read(here .. '/cases/stories.json'))) do
    if #only == 0 or vim.tbl_contains(only, it.file:match('^%w+')) then
      story = it
      vim.fn.mkdir(workspace, 'p')
      write(workspace .. '/' .. story.file, read(here .. '/cases/' .. story.file))
      play(workspace, modern and 'lsp' or 'omnifunc')
    end
  end
end, debug.traceback)
if not ok then
  failed = failed + 1
  say('not ok ' .. tostring(problem))
end
if failed > 0 then
  local log = home .. '/.local/state/nvim/lsp.log'
  if vim.uv.fs_stat(log) then
    say(read(log):sub(-3000))
  end
end
stop()
vim.fn.delete(home, 'rf')
say(failed == 0 and editor .. ': all well' or ('%s: %d failed'):format(editor, failed))
os.exit(failed == 0 and 0 or 1)
