package dev.perch.tsn.plan.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.perch.tsn.plan.model.Bridge;
import dev.perch.tsn.plan.model.EndStation;
import dev.perch.tsn.plan.model.Hop;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import dev.perch.tsn.plan.model.StreamPlan;
import dev.perch.tsn.plan.model.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CSV files of tsnkit. */
class TsnkitTest {
  static final String TASK =
      """
      stream,src,dst,size,period,deadline,jitter
      0,8,[11],300,500000,480000,500000
      1,9,"[10, 11]",1200,1000000,900000,0
      """;
  static final String TOPOLOGY =
      """
      link,q_num,rate,t_proc,t_prop
      "(8, 0)",8,1,2000,0
      "(9, 0)",8,1,2000,0
      "(0, 1)",8,1,2000,50
      "(1, 10)",8,1,2000,0
      "(1, 11)",8,1,2000,0
      """;

  @TempDir private Path folder;

  @Test
  void taskAndTopologyAreRead() throws Exception {
    Scenario read = read(TASK, TOPOLOGY);

    assertThat(read.streams())
        .containsExactly(
            Stream.of("0", "8", List.of("11"), 500_000, 300)
                .but()
                .maxLatency(480_000L)
                .maxJitter(500_000L)
                .build(),
            Stream.of("1", "9", List.of("10", "11"), 1_000_000, 1200)
                .but()
                .maxLatency(900_000L)
                .maxJitter(0L)
                .build());
    assertThat(read.network().node("8")).containsInstanceOf(EndStation.class);
    assertThat(read.network().node("0")).containsInstanceOf(Bridge.class);
    Link trunk = read.network().link("(0, 1)").orElseThrow();
    assertThat(trunk.rate()).isEqualTo(1000);
    assertThat(trunk.processing()).isEqualTo(2000);
    assertThat(trunk.propagation()).isEqualTo(50);
    assertThat(trunk.port().queues()).isEqualTo(8);
  }

  @Test
  void listsWithoutBracketsAndNumbersOfDataFramesAreRead() throws Exception {
    Scenario read =
        read(TASK.replace("[11],300,500000", "11,300.0,5e5"), TOPOLOGY.replace("8,1,", "8,1.0,"));

    assertThat(read.streams().getFirst().listeners()).containsExactly("11");
    assertThat(read.streams().getFirst().interval()).isEqualTo(500_000);
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceWithItsLine() {
    String task =
        """
        stream,src,dst,size,period,deadline,jitter
        0,8,[11],300,half a second,480000,500000
        1,99,"[10, 11]",1200,1000000,900000,0
        1,9,,0,1000000,900000,0
        """;
    String topology = TOPOLOGY.replace("\"(0, 1)\",8,1", "\"0 to 1\",8,fast");

    assertThatThrownBy(() -> read(task, topology))
        .isInstanceOfSatisfying(
            BadInputException.class,
            bad ->
                assertThat(bad.faults())
                    .extracting(
                        fault ->
                            Path.of(fault.file()).getFileName()
                                + ":"
                                + fault.line()
                                + " "
                                + fault.field())
                    .contains(
                        "task.csv:2 period",
                        "task.csv:3 src",
                        "task.csv:4 stream",
                        "task.csv:4 dst",
                        "task.csv:4 size",
                        "topo.csv:4 link"));
  }

  @Test
  void aFileWithoutItsColumnsIsToldSo() {
    assertThatThrownBy(() -> read("stream,from,to\n0,1,2\n", TOPOLOGY))
        .isInstanceOfSatisfying(
            BadInputException.class,
            bad ->
                assertThat(bad.faults())
                    .extracting(InputFault::field)
                    .contains("src", "dst", "size", "period", "deadline", "jitter"));
  }

  @Test
  void aPlanIsWrittenInFiveFiles() throws Exception {
    Scenario scenario = read(TASK, TOPOLOGY);
    String prefix = folder.resolve("out/A").toString();

    new TsnkitWriter(scenario, plan()).write(prefix);

    assertThat(Path.of(prefix + "-OFFSET.csv"))
        .hasContent("stream,frame,offset\n0,0,499900\n1,0,0\n");
    assertThat(Path.of(prefix + "-ROUTE.csv"))
        .hasContent(
            """
            stream,link
            0,"(8, 0)"
            0,"(0, 1)"
            0,"(1, 11)"
            1,"(9, 0)"
            1,"(0, 1)"
            1,"(1, 10)"
            1,"(1, 11)"
            """);
    assertThat(Path.of(prefix + "-QUEUE.csv")).content().contains("1,0,\"(1, 10)\",6\n");
    // Two links in 4,464 ns each, then 308 bytes.
    assertThat(Path.of(prefix + "-DELAY.csv"))
        .hasContent("stream,frame,delay\n0,0,11442\n1,0,44664\n");
    assertThat(Path.of(prefix + "-GCL.csv"))
        .content()
        .startsWith("link,queue,start,end,cycle\n\"(8, 0)\",7,0,2460,1000000\n")
        .contains("\"(1, 10)\",6,30000,39760,1000000\n");
  }

  @Test
  void aWindowThatGoesOverTheEndOfTheCycleIsTwo() throws Exception {
    Scenario scenario = read(TASK, TOPOLOGY);
    String prefix = folder.resolve("B").toString();

    new TsnkitWriter(scenario, plan()).write(prefix);

    assertThat(Files.readAllLines(Path.of(prefix + "-GCL.csv")))
        .contains(
            "\"(8, 0)\",7,0,2460,1000000",
            "\"(8, 0)\",7,499900,502460,1000000",
            "\"(8, 0)\",7,999900,1000000,1000000");
  }

  private static Plan plan() {
    Tree first =
        new Tree(
            List.of(
                new Hop("(8, 0)", 7, List.of(499_900L)),
                new Hop("(0, 1)", 7, List.of(504_364L)),
                new Hop("(1, 11)", 7, List.of(508_878L))));
    Tree second =
        new Tree(
            List.of(
                new Hop("(9, 0)", 7, List.of(0L)),
                new Hop("(0, 1)", 7, List.of(15_000L)),
                new Hop("(1, 10)", 6, List.of(30_000L)),
                new Hop("(1, 11)", 7, List.of(35_000L))));
    return new Plan(
        Map.of("0", new StreamPlan("0", List.of(first)), "1", new StreamPlan("1", List.of(second))),
        Map.of());
  }

  private Scenario read(String task, String topology) throws IOException, BadInputException {
    Files.writeString(folder.resolve("task.csv"), task);
    Files.writeString(folder.resolve("topo.csv"), topology);
    return new TsnkitReader().read(folder.resolve("task.csv"), folder.resolve("topo.csv"));
  }
}
