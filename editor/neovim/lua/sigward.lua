-- Starts `sigward lsp --stdio` for a buffer. Works with Neovim 0.7 and later, which start clients in different ways.
local M = {}

local clients = {}
local complained = false

-- The innermost folder above the file that looks like a project's, else the file's own.
local function root_of(file)
  local folder = vim.fn.fnamemodify(file, ':p:h')
  local marks = { 'sigward.toml', '.git', 'package.json' }
  for _, mark in ipairs(marks) do
    local found = vim.fn.findfile(mark, vim.fn.escape(folder, ' ,;') .. ';')
    if found == '' then
      found = vim.fn.finddir(mark, vim.fn.escape(folder, ' ,;') .. ';')
    end
    if found ~= '' then
      return vim.fn.fnamemodify(vim.fn.fnamemodify(found, ':p'):gsub('/$', ''), ':h')
    end
  end
  return folder
end

-- `g:sigward_path`, from the project's folder where it is relative; else the one on the PATH. What lies in a project is run only if
-- the user says so.
local function program(root)
  local path = vim.g.sigward_path
  if path == nil or path == '' then
    return 'sigward'
  end
  local expanded = vim.fn.expand(path)
  return expanded:sub(1, 1) == '/' and expanded or root .. '/' .. expanded
end

local function complain(command)
  if complained then
    return
  end
  complained = true
  local text = 'sigward: `%s` cannot be run; install it, or set g:sigward_path (g:sigward_lsp = v:false: colours only)'
  vim.notify(text:format(command), vim.log.levels.WARN)
end

-- Above each test, that it can be run. Not before the server is there: Neovim 0.7 would wait for the first answer for ever.
local function show_lenses(_, buffer)
  local function refresh()
    vim.lsp.codelens.refresh()
  end
  local group = vim.api.nvim_create_augroup('sigward_lenses', { clear = false })
  vim.api.nvim_clear_autocmds({ group = group, buffer = buffer })
  vim.api.nvim_create_autocmd(
    { 'BufEnter', 'InsertLeave', 'BufWritePost' },
    { group = group, buffer = buffer, callback = refresh }
  )
  if vim.api.nvim_get_current_buf() == buffer then
    refresh()
  end
end

-- Attaches the current buffer to the server of its project.
function M.start()
  local buffer = vim.api.nvim_get_current_buf()
  local root = root_of(vim.api.nvim_buf_get_name(buffer))
  local command = program(root)
  if vim.fn.executable(command) ~= 1 then
    return complain(command)
  end
  local config = { name = 'sigward', cmd = { command, 'lsp', '--stdio' }, root_dir = root, on_attach = show_lenses }
  vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
  if vim.lsp.start then
    return vim.lsp.start(config)
  end
  local running = clients[root] and vim.lsp.get_client_by_id(clients[root])
  if not running then
    clients[root] = vim.lsp.start_client(config)
  end
  vim.lsp.buf_attach_client(buffer, clients[root])
end

return M
