-- POSTs of the body in PERCH_BODY: NUMBER in it becomes a number that no other request has, MICROS
-- the time of sending. PERCH_KEYED=true adds an Idempotency-Key. PERCH_RATE limits the requests a
-- second; a connection that waits for an answer does not slow the others.
dofile(os.getenv("PERCH_SCRIPTS") .. "/result.lua")

local ffi = require("ffi")
ffi.cdef([[
  typedef struct { long seconds; long nanos; } perch_time;
  int clock_gettime(int clock, perch_time *time);
]])
local CLOCK_REALTIME = 0
local time = ffi.new("perch_time")

local function micros()
  ffi.C.clock_gettime(CLOCK_REALTIME, time)
  return tonumber(time.seconds) * 1000000 + math.floor(tonumber(time.nanos) / 1000)
end

local body = os.getenv("PERCH_BODY")
local keyed = os.getenv("PERCH_KEYED") == "true"
local run = string.format("%d", micros())
local number = 0

function request()
  number = number + 1
  wrk.headers["Content-Type"] = "application/json"
  if keyed then
    wrk.headers["Idempotency-Key"] = run .. "-" .. number
  end
  local filled = body
    :gsub("NUMBER", string.format("%s-%d", run, number))
    :gsub("MICROS", string.format("%d", micros()))
  return wrk.format("POST", nil, nil, filled)
end

local rate = tonumber(os.getenv("PERCH_RATE"))
if rate then
  local slot = micros()
  function delay()
    local now = micros()
    slot = math.max(slot + 1000000 / rate, now - 100000) -- late by more than 100 ms is not made up
    return math.max(0, math.floor((slot - now) / 1000))
  end
end
