-- Works in Neovim as somebody would: waits for findings, asks, lets the editor apply what it gets. What was seen is written to the
-- file that SIGWARD_SEEN names, as JSON. Neovim 0.7 (Debian 12) and later.
local seen = {}
local PATIENCE_MS = 30000

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
end

-- The place of a piece of text: line from 1, byte column from 0, as the cursor has it.
local function go(piece, ahead)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = line:find(piece, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { number, column - 1 + (ahead or 0) })
      return
    end
  end
  error('not in the text: ' .. piece)
end

local function wait_for(what, condition)
  if not vim.wait(PATIENCE_MS, condition, 50) then
    error('waited in vain for ' .. what)
  end
end

local function request(method, more)
  local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(0, 'utf-16'), more or {})
  local answers, why = vim.lsp.buf_request_sync(0, method, params, PATIENCE_MS)
  for _, answer in pairs(answers or {}) do
    return answer.result, answer.err or answer.error
  end
  error(method .. ' was not answered: ' .. tostring(why))
end

local function errors()
  return vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR })
end

local function clients()
  return vim.lsp.get_clients and vim.lsp.get_clients() or vim.lsp.get_active_clients()
end

-- As the instructions say for each version.
local function start()
  local config = { name = 'sigward', cmd = { os.getenv('SIGWARD'), 'lsp', '--stdio' }, root_dir = vim.fn.getcwd() }
  if vim.lsp.start then
    vim.lsp.start(config)
  else
    vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
  end
end

local function drive()
  start()
  wait_for('the server', function()
    return #clients() > 0 and clients()[1].server_capabilities ~= nil
  end)
  seen.client = clients()[1].name

  -- Findings: the file names a field that there is not.
  wait_for('findings', function()
    return #errors() > 0
  end)
  seen.diagnostics = vim.tbl_map(function(d)
    return { line = d.lnum, column = d.col, code = d.code, message = d.message, source = d.source }
  end, errors())

  -- The fix, applied as the editor applies it.
  go('flgs')
  local range = vim.lsp.util.make_range_params(0, 'utf-16')
  range.context = { diagnostics = {} }
  for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/codeAction', range, PATIENCE_MS)) do
    seen.actions = vim.tbl_map(function(a)
      return a.title
    end, answer.result)
    vim.lsp.util.apply_workspace_edit(answer.result[1].edit, 'utf-16')
  end
  seen.fixed = text()
  wait_for('the finding to go away', function()
    return #errors() == 0
  end)

  -- Hover.
  go('flags has')
  seen.hover = request('textDocument/hover').contents.value

  -- Definition, through the editor's own command: a file of the standard library is opened.
  go('null_scan(')
  local home = vim.api.nvim_get_current_buf()
  vim.lsp.buf.definition()
  wait_for('the definition', function()
    return vim.api.nvim_get_current_buf() ~= home
  end)
  seen.definition = { file = vim.api.nvim_buf_get_name(0), line = vim.api.nvim_get_current_line() }
  vim.api.nvim_set_current_buf(home)

  -- Rename, through the editor's own command.
  go('servers')
  vim.lsp.buf.rename('ours')
  wait_for('the rename', function()
    return text():find('in ours', 1, true) ~= nil
  end)
  seen.renamed = text()
  go('ours')
  local _, refused = request('textDocument/rename', { newName = 'tcp' })
  seen.refused = refused and refused.message

  -- Formatting, through the editor's own command.
  if vim.lsp.buf.format then
    vim.lsp.buf.format({ async = false, timeout_ms = PATIENCE_MS })
  else
    vim.lsp.buf.formatting_sync(nil, PATIENCE_MS)
  end
  seen.formatted = text()

  -- Completion in a line that is being written.
  go('then log')
  vim.api.nvim_buf_set_lines(0, vim.api.nvim_win_get_cursor(0)[1] - 1, vim.api.nvim_win_get_cursor(0)[1] - 1, false, { '  and tcp.wi' })
  go('and tcp.wi', #'and tcp.wi')
  local items = request('textDocument/completion').items
  seen.completion = vim.tbl_map(function(item)
    return item.label
  end, items)
end

local ok, why = xpcall(drive, debug.traceback)
if not ok then
  seen.failed = why
end
local file = assert(io.open(os.getenv('SIGWARD_SEEN'), 'w'))
file:write(vim.fn.json_encode(seen))
file:close()
vim.cmd('qa!')
