package dev.perch.cli.tsn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Instances in the shape of tsnkit's: switches from 0 on, an end station at each. */
final class TsnkitInstance {
  private final int switches;
  private final Set<String> links = new LinkedHashSet<>();
  private final List<String> tasks = new ArrayList<>();

  TsnkitInstance(int switches) {
    this.switches = switches;
    for (int i = 0; i < switches; i++) {
      join(i, switches + i);
    }
  }

  static TsnkitInstance line(int switches) {
    TsnkitInstance line = new TsnkitInstance(switches);
    for (int i = 1; i < switches; i++) {
      line.join(i - 1, i);
    }
    return line;
  }

  static TsnkitInstance ring(int switches) {
    TsnkitInstance ring = line(switches);
    ring.join(switches - 1, 0);
    return ring;
  }

  static TsnkitInstance mesh(int switches) {
    TsnkitInstance mesh = ring(switches);
    for (int i = 0; i < switches; i += 2) {
      mesh.join(i, (i + switches / 2) % switches);
    }
    return mesh;
  }

  TsnkitInstance stream(int from, String to, int size, long period, long deadline) {
    tasks.add(
        "%d,%d,\"%s\",%d,%d,%d,%d"
            .formatted(tasks.size(), from, to, size, period, deadline, period));
    return this;
  }

  /** Streams by chance, one in four of them to two listeners; sizes are multiples of 50 bytes. */
  TsnkitInstance streams(int count, long seed, long... periods) {
    return streams(count, seed, random -> 50 + random.nextInt(12) * 50, periods);
  }

  /** As above, with frames of any size from 50 to 99 bytes. */
  TsnkitInstance shortStreams(int count, long seed, long... periods) {
    return streams(count, seed, random -> 50 + random.nextInt(50), periods);
  }

  private TsnkitInstance streams(
      int count, long seed, ToIntFunction<Random> sizes, long... periods) {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      int from = switches + random.nextInt(switches);
      int first = other(random, from);
      int second = other(random, from);
      boolean many = random.nextInt(4) == 0 && first != second;
      long period = periods[random.nextInt(periods.length)];
      stream(
          from,
          many ? "[" + first + ", " + second + "]" : "[" + first + "]",
          sizes.applyAsInt(random),
          period,
          period);
    }
    return this;
  }

  /** Writes {@code NAME-task.csv} and {@code NAME-topo.csv}. */
  TsnkitInstance write(Path folder, String name) throws IOException {
    List<String> topology = new ArrayList<>();
    topology.add("link,q_num,rate,t_proc,t_prop");
    links.forEach(link -> topology.add("\"" + link + "\",8,1,2000,0"));
    Files.write(folder.resolve(name + "-topo.csv"), topology);
    List<String> task = new ArrayList<>(tasks);
    task.addFirst("stream,src,dst,size,period,deadline,jitter");
    Files.write(folder.resolve(name + "-task.csv"), task);
    return this;
  }

  private int other(Random random, int than) {
    int node = switches + random.nextInt(switches);
    return node == than ? switches + (node - switches + 1) % switches : node;
  }

  private void join(int a, int b) {
    links.add("(" + a + ", " + b + ")");
    links.add("(" + b + ", " + a + ")");
  }
}
