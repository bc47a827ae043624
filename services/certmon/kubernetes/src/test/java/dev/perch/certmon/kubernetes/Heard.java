package dev.perch.certmon.kubernetes;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a watch has told: the Secrets that are there now, and how it came to know. */
final class Heard implements SecretListener {
  final List<Failure> interruptions = new CopyOnWriteArrayList<>();
  private final Map<SecretName, String> versions = new TreeMap<>();
  private int lists;

  @Override
  public synchronized void listed(List<WatchedSecret> secrets) {
    lists++;
    versions.clear();
    secrets.forEach(this::changed);
  }

  @Override
  public synchronized void changed(WatchedSecret secret) {
    versions.put(secret.name(), secret.resourceVersion());
  }

  @Override
  public synchronized void deleted(SecretName name) {
    versions.remove(name);
  }

  @Override
  public void interrupted(Failure failure) {
    interruptions.add(failure);
  }

  /** The versions of the Secrets that are there. */
  synchronized Map<SecretName, String> versions() {
    return Map.copyOf(versions);
  }

  synchronized int lists() {
    return lists;
  }
}
