package dev.perch.tsn.plan.check;

import dev.perch.tsn.plan.model.GateList;
import dev.perch.tsn.plan.model.Link;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Stream;
import java.util.ArrayList;
import java.util.List;

/**
 * The second checker: what the gate lists do. Of the plan it takes only when talkers launch, the
 * links and the queues; everything else happens as queues, gates, clocks and the largest frames of
 * other traffic will have it, and is compared with what was planned and asked for.
 */
public final class Simulation {
  /** So many transmissions are simulated at most in one run. */
  private static final long MOST = 20_000_000;

  private final Network network;
  private final List<Stream> streams;
  private final Plan plan;
  private final List<Flaw> flaws = new ArrayList<>();

  private Simulation(Network network, List<Stream> streams, Plan plan) {
    this.network = network;
    this.streams = streams;
    this.plan = plan;
  }

  /**
   * Everything that goes wrong.
   *
   * @param streams those that must arrive
   * @param seed of the clocks that are set by chance
   */
  public static List<Flaw> check(Network network, List<Stream> streams, Plan plan, long seed) {
    return new Simulation(network, streams, plan).look(seed);
  }

  private List<Flaw> look(long seed) {
    flaws.addAll(GateLimits.check(network, plan.gates().values()));
    Routes routes = new Routes(network, streams, plan);
    GateClock[] gates = gates(routes);
    long horizon = horizon(routes, gates);
    List<Run> runs =
        new Clocks(network)
            .ways(seed).stream()
                .flatMap(
                    ahead ->
                        java.util.stream.Stream.of(true, false)
                            .map(others -> new Run(routes, gates, ahead, horizon, others)))
                .toList();
    runs.parallelStream().forEach(Run::go);
    for (int step = 0; step < routes.size; step++) {
      judge(routes, step, runs);
    }
    return List.copyOf(flaws);
  }

  private GateClock[] gates(Routes routes) {
    boolean[] used = new boolean[routes.links.size()];
    for (int step = 0; step < routes.size; step++) {
      used[routes.port[step]] = true;
    }
    GateClock[] gates = new GateClock[routes.links.size()];
    for (int port = 0; port < gates.length; port++) {
      Link link = routes.links.get(port);
      GateList list = used[port] ? plan.gates().get(link.name()) : null;
      if (used[port] && list == null) {
        flaws.add(new Flaw.NoGates(link.name()));
      }
      gates[port] = new GateClock(link.port(), list);
    }
    return gates;
  }

  /**
   * Until all streams and gate lists together repeat, unless that is more than can be simulated.
   */
  private static long horizon(Routes routes, GateClock[] gates) {
    long horizon = 1;
    for (int step = 0; step < routes.size; step++) {
      horizon = Arithmetic.lcm(horizon, routes.interval[step]);
    }
    for (GateClock gate : gates) {
      horizon = Arithmetic.lcm(horizon, gate.cycle());
    }
    double each = 0;
    long longest = 1;
    for (int step = 0; step < routes.size; step++) {
      each += 1.0 / routes.interval[step];
      longest = Math.max(longest, routes.interval[step]);
    }
    return each * horizon <= MOST ? horizon : Math.max(longest, (long) (MOST / each));
  }

  private void judge(Routes routes, int step, List<Run> runs) {
    Stream stream = streams.get(routes.stream[step]);
    String link = routes.links.get(routes.port[step]).name();
    long strayed = 0;
    long lost = 0;
    long late = Long.MIN_VALUE;
    long jitter = 0;
    for (Run run : runs) {
      strayed = Math.abs(run.strayed[step]) > Math.abs(strayed) ? run.strayed[step] : strayed;
      lost = Math.max(lost, run.measured(step) - run.sent[step]);
      if (run.most[step] != Long.MIN_VALUE) {
        late = Math.max(late, run.most[step]);
        jitter = Math.max(jitter, run.most[step] - run.least[step]);
      }
    }
    if (lost > 0) {
      flaws.add(new Flaw.Lost(stream.name(), link, lost));
    }
    if (strayed != 0) {
      flaws.add(new Flaw.Strayed(stream.name(), link, routes.planned[step], strayed));
    }
    Long bound = stream.maxLatency();
    if (bound != null && late > bound) {
      flaws.add(new Flaw.TooLate(stream.name(), link, routes.planned[step], late, bound));
    }
    Long most = stream.maxJitter();
    if (most != null && jitter > most) {
      flaws.add(new Flaw.TooMuchJitter(stream.name(), link, jitter, most));
    }
  }
}
