--- `:AslGraph`: the machine of this buffer as a drawing in the browser, or as a text in a split.
local M = {}

--- What a split takes its colours from.
M.FORMATS = { svg = 'svg', mermaid = 'mermaid', dot = 'dot' }

local function say(text, level)
  vim.notify('asl_lsp: ' .. text, level or vim.log.levels.ERROR)
end

--- A page rather than a picture, because pictures may belong to another program than the browser.
local function browse(name, svg)
  local file = vim.fn.tempname() .. '.html'
  local title = name:gsub('[<>&]', { ['<'] = '&lt;', ['>'] = '&gt;', ['&'] = '&amp;' })
  vim.fn.writefile(
    vim.split('<!doctype html><meta charset="utf-8"><title>' .. title .. '</title>\n' .. svg, '\n', { plain = true }),
    file
  )
  local opened, problem = vim.ui.open(file)
  if not opened then
    say('no browser could be started: ' .. (problem or '') .. '; the drawing is in ' .. file)
  end
end

local function split(name, format, text)
  vim.cmd.new()
  local buffer = vim.api.nvim_get_current_buf()
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(vim.trim(text), '\n', { plain = true }))
  vim.bo[buffer].buftype = 'nofile'
  vim.bo[buffer].bufhidden = 'wipe'
  vim.bo[buffer].swapfile = false
  vim.bo[buffer].filetype = M.FORMATS[format]
  pcall(vim.api.nvim_buf_set_name, buffer, ('%s [%s]'):format(name, format))
end

---@param format? 'svg'|'mermaid'|'dot'
function M.show(format)
  format = format or 'svg'
  if not M.FORMATS[format] then
    return say('no format `' .. format .. '`; there are svg, mermaid and dot')
  end
  local buffer = vim.api.nvim_get_current_buf()
  local client = vim.lsp.get_clients({ bufnr = buffer, name = 'asl_lsp' })[1]
  if not client then
    return say('the server does not run for this buffer')
  end
  local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':t')
  local parameters = { textDocument = { uri = vim.uri_from_bufnr(buffer) }, format = format }
  local function answer(problem, drawing)
    if problem then
      say(problem.message or 'the server cannot draw')
    elseif type(drawing) ~= 'table' or type(drawing.content) ~= 'string' then
      say('there is no state machine in this buffer', vim.log.levels.WARN)
    elseif format == 'svg' then
      browse(name, drawing.content)
    else
      split(name, format, drawing.content)
    end
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request('asl/graph', parameters, answer, buffer)
  else
    client.request('asl/graph', parameters, answer, buffer)
  end
end

return M
