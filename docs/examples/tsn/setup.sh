#!/bin/sh
# A schedule as one finds it in the field.
tc qdisc replace dev eth0 parent root handle 100 taprio num_tc 3 \
  map 2 2 1 0 2 2 2 2 2 2 2 2 2 2 2 2 queues 1@0 1@1 2@2 \
  base-time 1528743495910289987 \
  sched-entry S 01 300000 sched-entry S 02 10000 sched-entry S 04 400000 clockid CLOCK_TAI
tc qdisc replace dev eth0 parent 100:1 etf clockid CLOCK_TAI delta 900000 offload
