-- Runs inside of the Neovim that `editors/try/neovim` opens: ends with success once the mistakes and the colours show.
local function ready()
  local colours = vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()]
  return #vim.diagnostic.get(0) > 0 and colours ~= nil
end
local ok = vim.wait(30000, ready, 50)
io.stdout:write(('%d findings in %s\n'):format(#vim.diagnostic.get(0), vim.fn.expand('%:t')))
vim.cmd(ok and 'qall!' or 'cquit')
