--- Tells state machines from other JSON and YAML, by the name of the file or by what is in it.
local M = {}

--- No further is looked into a file, save for the rest of a line.
local MOST = 4 * 1024 * 1024

--- Behind the string whose quote is at `start`; nil if it does not end.
local function after_string(text, start)
  local at = start + 1
  while true do
    local found, _, token = text:find('(["\\])', at)
    if not found then
      return
    elseif token == '"' then
      return found + 1
    end
    at = found + 2
  end
end

--- Behind the comment, if one is at `start`.
local function after_comment(text, start)
  local kind = text:sub(start + 1, start + 1)
  if kind == '/' then
    return text:find('\n', start, true)
  elseif kind == '*' then
    local _, finish = text:find('*/', start + 2, true)
    return finish and finish + 1
  end
  return start + 1
end

--- Has the object at the root of a JSON text both `StartAt` and `States`? The text may be half-written.
---@param text string
function M.is_json_machine(text)
  if not (text:find('"StartAt"', 1, true) and text:find('"States"', 1, true)) then
    return false
  end
  local depth, at, found = 0, 1, {}
  while at do
    local start, _, token = text:find('(["/{}%[%]])', at)
    if not start then
      return false
    elseif token == '/' then
      at = after_comment(text, start)
    elseif token == '"' then
      at = after_string(text, start)
      if at and depth == 1 and text:find('^%s*:', at) then
        found[text:sub(start + 1, at - 2)] = true
        if found.StartAt and found.States then
          return true
        end
      end
    else
      if depth == 0 and token ~= '{' then
        return false
      end
      depth = depth + ((token == '{' or token == '[') and 1 or -1)
      at = start + 1
    end
  end
  return false
end

--- Has the mapping at the root of a YAML text both keys?
---@param text string
function M.is_yaml_machine(text)
  if text:find('^%s*{') then
    return M.is_json_machine(text)
  end
  local function has(key)
    return ('\n' .. text):find('\n["\']?' .. key .. '["\']?%s*:%s') ~= nil
  end
  text = text:gsub('\r', '\n') .. '\n'
  return has('StartAt') and has('States')
end

local function text_of(buffer)
  local lines, bytes = {}, 0
  for first = 0, vim.api.nvim_buf_line_count(buffer) - 1, 1000 do
    for _, line in ipairs(vim.api.nvim_buf_get_lines(buffer, first, first + 1000, false)) do
      lines[#lines + 1] = line
      bytes = bytes + #line + 1
    end
    if bytes > MOST then
      break
    end
  end
  return table.concat(lines, '\n')
end

local function by_content(is_machine, filetype)
  return function(_, buffer)
    if not buffer or not vim.api.nvim_buf_is_loaded(buffer) or (vim.g.asl_lsp or {}).detect == false then
      return
    end
    if is_machine(text_of(buffer)) then
      return filetype
    end
  end
end

local added = false

function M.add()
  if added then
    return
  end
  added = true
  vim.filetype.add({
    extension = { asl = 'asl' },
    pattern = {
      ['.*%.asl%.json'] = { 'asl', { priority = 20 } },
      ['.*%.asl%.ya?ml'] = { 'asl-yaml', { priority = 20 } },
      ['.*%.json'] = { by_content(M.is_json_machine, 'asl'), { priority = 10 } },
      ['.*%.ya?ml'] = { by_content(M.is_yaml_machine, 'asl-yaml'), { priority = 10 } },
    },
  })
end

return M
