-- Asks what the lines of a file say, in turn, and tells what came as JSON in another file.
-- A line is a path, with "POST " before it where that is meant.
local out, first, paths, at = os.getenv("WRK_OUT"), tonumber(os.getenv("WRK_FIRST")), {}, 0

for line in io.lines(os.getenv("WRK_PATHS")) do
  paths[#paths + 1] = line
end

-- A single page is asked for by wrk itself: a call of Lua for each request would take as long as
-- the answer does.
function ask()
  at = at + 1
  local path = paths[(first + at) % #paths + 1]
  if path:sub(1, 5) ~= "POST " then
    return wrk.format("GET", path)
  end
  local headers = {["Content-Length"] = "0"}
  for name, value in pairs(wrk.headers) do
    headers[name] = value
  end
  -- One reader counts once: in each round another one opens all pages. Of browsers there are a few
  -- hundred kinds, as among readers.
  local round = math.floor((first + at) / #paths)
  headers["User-Agent"] = headers["User-Agent"] .. " " .. round % 400
  return wrk.format("POST", path:sub(6), headers)
end

if #paths > 1 or paths[1]:sub(1, 5) == "POST " then
  request = ask
else
  wrk.path = paths[1]
end

-- Returns how many requests took so many microseconds, as pairs, and how many requests that are.
--
-- wrk has added requests that were not sent: for one that took n times as long as they do on
-- average, those that its connection could have sent meanwhile, n - 2 of them. After a pause of
-- 4 ms there are so sixteen times as many late answers as there were. They are taken out again,
-- the longest first, for which none was added.
function measured(latency, average)
  local values, counts = {}, {}
  for i = 1, #latency do
    local value, count = latency(i)
    values[i], counts[value] = value, count
  end
  for i = #values, 1, -1 do
    local added = values[i] - average
    while added > average do
      counts[added] = counts[added] - counts[values[i]]
      added = added - average
    end
  end
  local counted, total = {}, 0
  for i, value in ipairs(values) do
    counted[i] = string.format("[%d, %d]", value, counts[value])
    total = total + counts[value]
  end
  return counted, total
end

function done(summary, latency)
  local errors = summary.errors
  local rounds = math.floor(summary.requests / tonumber(os.getenv("WRK_CONNECTIONS")))
  local average = math.floor(summary.duration / math.max(1, rounds))
  local counted, total = measured(latency, average)
  if total + errors.timeout ~= summary.requests then
    error("this wrk counts latencies in another way: " .. total .. " of " .. summary.requests)
  end
  local file = io.open(out, "w")
  file:write(string.format(
    '{"requests": %d, "seconds": %f, "faults": %d, "latencies": [%s]}',
    summary.requests, summary.duration / 1e6,
    errors.connect + errors.read + errors.write + errors.timeout + errors.status,
    table.concat(counted, ", ")))
  file:close()
end
