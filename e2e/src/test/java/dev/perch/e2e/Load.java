package dev.perch.e2e;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Clients that send one request after the other until they are stopped. */
final class Load implements AutoCloseable {
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Map<Integer, LongAdder> answers = new ConcurrentHashMap<>();
  private final List<Thread> clients = new CopyOnWriteArrayList<>();
  private volatile boolean stopped;

  private Load() {}

  /** A request; returns the status of its answer. */
  @FunctionalInterface
  interface Request {
    int send() throws Exception;
  }

  static Load start(int clients, Request request) {
    Load load = new Load();
    IntStream.range(0, clients)
        .forEach(i -> load.clients.add(Thread.ofVirtual().start(() -> load.run(request))));
    return load;
  }

  private void run(Request request) {
    while (!stopped) {
      try {
        answers.computeIfAbsent(request.send(), status -> new LongAdder()).increment();
      } catch (Exception e) {
        failures.add(e.toString());
      }
    }
  }

  /** How many answers there were so far. */
  long count() {
    return answers.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** How often each status was answered. */
  Map<Integer, Long> statuses() {
    Map<Integer, Long> statuses = new TreeMap<>();
    answers.forEach((status, times) -> statuses.put(status, times.sum()));
    return statuses;
  }

  /** Requests without an answer, and why. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Returns when the last answer is there. */
  @Override
  public void close() {
    stopped = true;
    for (Thread client : clients) {
      try {
        client.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
