package dev.perch.kit.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
  @TempDir Path cache;

  @Test
  void appearWholeOnceHoweverManyUnpackThem() throws Exception {
    Files.createDirectories(cache.resolve("unpacking-abandoned/bin"));
    Callable<PostgresBinaries> unpack = () -> PostgresBinaries.unpackedIn(cache);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {

      List<Future<PostgresBinaries>> both = threads.invokeAll(List.of(unpack, unpack));

      assertThat(both.get(0).get()).isEqualTo(both.get(1).get());
      assertThat(both.get(0).get().program("postgres")).isExecutable();
    }
    assertThat(cache)
        .isDirectoryNotContaining(
            path ->
                path.getFileName().toString().startsWith("unpacking-")
                    && !path.endsWith("unpacking-abandoned"));
  }
}
