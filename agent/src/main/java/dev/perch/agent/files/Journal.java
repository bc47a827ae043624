package dev.perch.agent.files;

import dev.perch.agent.state.StateFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was done for each aspect, written before it is done. */
final class Journal {
  private final StateFolder folder;

  /**
   * @param folder of the set
   * @param version in force, or about to be
   * @param previous the version to go back to; null if there was none
   * @param settled false from before the switch until the reload has ended well
   * @param reload the command of this version
   */
  record Entry(
      Path folder,
      String version,
      @Nullable String previous,
      boolean settled,
      @Nullable List<String> reload) {}

  Journal(StateFolder folder) {
    this.folder = folder;
  }

  Optional<Entry> find(String aspect) {
    return folder.read(aspect, Entry.class);
  }

  void write(String aspect, Entry entry) {
    folder.write(aspect, entry);
  }

  void forget(String aspect) {
    folder.delete(aspect);
  }

  /** The other aspect that has this folder, one below it, or one above it. */
  Optional<String> owner(Path wanted, String aspect) {
    return folder.names().stream()
        .filter(other -> !other.equals(aspect))
        .filter(
            other ->
                find(other)
                    .map(Entry::folder)
                    .filter(taken -> taken.startsWith(wanted) || wanted.startsWith(taken))
                    .isPresent())
        .findFirst();
  }
}
