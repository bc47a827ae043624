-- GETs of the paths in the file PERCH_PATHS, a line each, in random order.
dofile(os.getenv("PERCH_SCRIPTS") .. "/result.lua")

local requests = {}

function init(args)
  math.randomseed(42)
  for path in io.lines(os.getenv("PERCH_PATHS")) do
    requests[#requests + 1] = wrk.format("GET", path)
  end
end

function request()
  return requests[math.random(#requests)]
end
