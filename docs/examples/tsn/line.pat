{"a_f0": {"sources": ["n4"], "destinations": ["n6", "n7"], "cycle_time_ns": 76000, "frame_size_b": 500, "max_latency_ns": 198000, "redundancy": 1},
 "a_f1": {"sources": ["n7"], "destinations": ["n4"], "cycle_time_ns": 152000, "frame_size_b": 1000, "max_latency_ns": null, "redundancy": 1}}
