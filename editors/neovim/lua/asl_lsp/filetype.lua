--- Tells state machines from other JSON and YAML, by the name of the file or by what is in it.
local M = {}

--- No further is looked into a file.
local MOST = 512 * 1024

--- Has the object at the root of a JSON text both `StartAt` and `States`? The text may be half-written.
---@param text string
function M.is_json_machine(text)
  if not (text:find('"StartAt"', 1, true) and text:find('"States"', 1, true)) then
    return false
  end
  local depth, at, found, count = 0, 1, {}, 0
  while true do
    local start, _, token = text:find('(["{}%[%]])', at)
    if not start then
      return false
    elseif token == '"' then
      -- To the quote that ends the string: one that no backslash, or an even number of them, precedes.
      local finish = start
      repeat
        finish = text:find('"', finish + 1, true)
        if not finish then
          return false
        end
        local backslashes = text:sub(start + 1, finish - 1):match('\\*$')
      until #backslashes % 2 == 0
      at = finish + 1
      if depth == 1 and text:find('^%s*:', at) then
        local key = text:sub(start + 1, finish - 1)
        if (key == 'StartAt' or key == 'States') and not found[key] then
          found[key] = true
          count = count + 1
          if count == 2 then
            return true
          end
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
end

--- Has the mapping at the root of a YAML text both keys?
---@param text string
function M.is_yaml_machine(text)
  local function has(key)
    return ('\n' .. text):find('\n["\']?' .. key .. '["\']?%s*:%s') ~= nil
  end
  text = text:gsub('\r', '\n') .. '\n'
  return has('StartAt') and has('States')
end

local function text_of(buffer)
  local lines, bytes = {}, 0
  for _, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    lines[#lines + 1] = line
    bytes = bytes + #line + 1
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
