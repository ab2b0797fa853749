-- wrk's script: every thread goes round the targets of a file (the environment's TARGETS), each from another place.
local threads = 0

function setup(thread)
   thread:set("number", threads)
   threads = threads + 1
end

function init(args)
   targets = {}
   for line in io.lines(os.getenv("TARGETS")) do targets[#targets + 1] = wrk.format("GET", line) end
   place = (number * 7919) % #targets
end

function request()
   place = place % #targets + 1
   return targets[place]
end

function done(summary, latency, requests)
   local errors = summary.errors
   print(string.format("RESULT %d %d %d %d %d %d %d", summary.requests, summary.duration, errors.connect, errors.read,
      errors.write, errors.status, errors.timeout))
end
