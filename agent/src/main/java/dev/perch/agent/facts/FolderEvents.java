package dev.perch.agent.facts;

import dev.perch.agent.machine.Machine;
import dev.perch.contract.facts.Facet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which facets a change in a folder is about, told by inotify(7). */
public final class FolderEvents {
  private static final Logger LOG = LoggerFactory.getLogger(FolderEvents.class);

  /** By folder, by name: {@code *} is any. Folders that come later are found by polling. */
  private static final Map<String, Map<String, Set<Facet>>> ABOUT =
      Map.of(
          "/etc",
          Map.of(
              "os-release", Set.of(Facet.IDENTITY),
              "machine-id", Set.of(Facet.IDENTITY),
              "hostname", Set.of(Facet.IDENTITY),
              "localtime", Set.of(Facet.TIME),
              "timezone", Set.of(Facet.TIME)),
          "/run/containerd",
          Map.of("containerd.sock", Set.of(Facet.RUNTIME)),
          "/run/crio",
          Map.of("crio.sock", Set.of(Facet.RUNTIME)),
          "/etc/containerd",
          Map.of("*", Set.of(Facet.RUNTIME)),
          "/etc/crio",
          Map.of("*", Set.of(Facet.RUNTIME)));

  private FolderEvents() {}

  /** From now on, as long as the process lives. */
  public static void listen(Machine machine, Consumer<Facet> touched) {
    try {
      Map<WatchKey, Map<String, Set<Facet>>> keys = new HashMap<>();
      WatchService watcher = machine.at("/").getFileSystem().newWatchService();
      for (var about : ABOUT.entrySet()) {
        Path folder = machine.at(about.getKey());
        if (Files.isDirectory(folder)) {
          keys.put(
              folder.register(
                  watcher,
                  StandardWatchEventKinds.ENTRY_CREATE,
                  StandardWatchEventKinds.ENTRY_DELETE,
                  StandardWatchEventKinds.ENTRY_MODIFY),
              about.getValue());
        }
      }
      Thread.ofPlatform().daemon().name("inotify").start(() -> loop(watcher, keys, touched));
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("Folders are not watched; changes are found by polling");
    }
  }

  private static void loop(
      WatchService watcher, Map<WatchKey, Map<String, Set<Facet>>> keys, Consumer<Facet> touched) {
    try {
      while (true) {
        WatchKey key = watcher.take();
        Map<String, Set<Facet>> about = keys.getOrDefault(key, Map.of());
        for (WatchEvent<?> event : key.pollEvents()) {
          Set<Facet> any = about.getOrDefault("*", Set.of());
          about.getOrDefault(String.valueOf(event.context()), any).forEach(touched);
        }
        key.reset();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
