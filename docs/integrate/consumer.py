"""Keeps a table of Perch's hosts and tells their changes. Needs: pip install confluent-kafka"""
import json, os, sys, time
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition

STATE, LOG = "perch.inventory.hosts", "perch.inventory.host-changes"
CHANGES = {f"dev.perch.inventory.host.{what}.v1" for what in ("created", "changed", "deleted")}
hosts = {}  # id -> (version, host); None for a deleted one: a late duplicate must not revive it
told = {}  # id -> the version of the newest change we told

settings = {"bootstrap.servers": os.environ["KAFKA_BOOTSTRAP_SERVERS"], "group.id": "unused",
            "enable.auto.commit": False, "enable.partition.eof": True}
if "KAFKA_CONFIG" in os.environ:  # a JSON file: security.protocol, sasl.username, ...
    settings |= json.load(open(os.environ["KAFKA_CONFIG"], encoding="utf-8"))
consumer = Consumer(settings)
idle = float(sys.argv[2]) if sys.argv[1:2] == ["--exit-when-idle"] else float("inf")

def partitions(topic):
    known = consumer.list_topics(topic, 10).topics[topic]
    if known.error:
        raise KafkaException(known.error)
    return [TopicPartition(topic, p) for p in known.partitions]

def near_end(partition):  # records whose state may come after we read it are read again
    low, high = consumer.get_watermark_offsets(partition, 10)
    return TopicPartition(partition.topic, partition.partition, max(low, high - 1000))

def on_state(key, at, headers, value):  # only what is newer: records may come twice, or late
    if at > hosts.get(key, ((-1, -1), None))[0]:
        hosts[key] = at, json.loads(value) if value else None  # no value: a tombstone

def on_change(key, at, headers, value):
    kind, last = headers["ce_type"].decode(), told.get(key, (at[0], 0))
    if kind in CHANGES and at > last:  # fields and types we do not know are left alone
        told[key], change = at, json.loads(value)
        gap = " (changes before it are missing)" if at > (last[0], last[1] + 1) else ""
        print(kind, key, change["changed"], "by", change["cause"]["actor"] + gap, file=sys.stderr)

log = [near_end(p) for p in partitions(LOG)]  # before the state is read, so nothing falls between
loading = {p.partition for p in partitions(STATE)}
consumer.assign([TopicPartition(STATE, p, OFFSET_BEGINNING) for p in loading])
last_record = time.monotonic()
while loading or time.monotonic() - last_record < idle:
    record = consumer.poll(0.2)
    if record is None:
        continue
    if record.error() is None:
        last_record, headers = time.monotonic(), dict(record.headers())
        at = int(headers["ce_epoch"]), int(headers["ce_sequence"])  # the epoch counts first
        handle = on_state if record.topic() == STATE else on_change
        handle(record.key().decode(), at, headers, record.value())
    elif record.error().code() == KafkaError._PARTITION_EOF:
        if record.topic() == STATE and record.partition() in loading:
            loading.remove(record.partition())
            if not loading:  # the table is whole; from here both topics are followed
                told = {key: at for key, (at, _) in hosts.items()}
                consumer.incremental_assign(log)
    elif record.error().fatal() or not record.error().retriable():
        raise KafkaException(record.error())
for key in sorted(key for key, (_, host) in hosts.items() if host):
    print(json.dumps(hosts[key][1], sort_keys=True))
