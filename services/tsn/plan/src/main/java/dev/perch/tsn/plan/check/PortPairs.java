package dev.perch.tsn.plan.check;

import dev.perch.tsn.plan.model.Link;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Compares transmissions of one port two by two, without laying out their repetitions: two that
 * repeat every p and q ns meet at all distances that are equal modulo gcd(p, q), so the nearest
 * before and the nearest after tell of all.
 */
final class PortPairs {
  private PortPairs() {}

  /**
   * Compares each row from a given one on with all before it.
   *
   * @param from the first new row; 0 compares all with all
   */
  static void look(
      Link link, PortRows rows, int from, IntFunction<String> names, Consumer<Flaw> flaws) {
    for (int a = Math.max(from, 0); a < rows.size(); a++) {
      if (rows.busy(a) > rows.interval(a)) {
        String name = names.apply(rows.stream(a));
        long overlap = rows.busy(a) - rows.interval(a);
        flaws.accept(new Flaw.Collision(name, name, link.name(), rows.start(a), overlap));
      }
      for (int b = 0; b < a; b++) {
        look(link, rows, a, b, names, flaws);
      }
    }
  }

  private static void look(
      Link link, PortRows rows, int a, int b, IntFunction<String> names, Consumer<Flaw> flaws) {
    long period = Arithmetic.gcd(rows.interval(a), rows.interval(b));
    long ahead = Math.floorMod(rows.start(b) - rows.start(a), period);
    long behind = period - ahead;
    if (ahead < rows.busy(a)) {
      collision(link, rows, a, b, rows.busy(a) - ahead, names, flaws);
    } else if (behind < rows.busy(b)) {
      collision(link, rows, b, a, rows.busy(b) - behind, names, flaws);
    }
    if (rows.queue(a) == rows.queue(b) && ahead > 0) {
      if (rows.mayOvertake(a, b, ahead)) {
        overtaking(link, rows, a, b, names, flaws);
      }
      if (rows.mayOvertake(b, a, behind)) {
        overtaking(link, rows, b, a, names, flaws);
      }
    }
  }

  private static void collision(
      Link link,
      PortRows rows,
      int first,
      int second,
      long overlap,
      IntFunction<String> names,
      Consumer<Flaw> flaws) {
    flaws.accept(
        new Flaw.Collision(
            names.apply(rows.stream(second)),
            names.apply(rows.stream(first)),
            link.name(),
            rows.start(second),
            overlap));
  }

  private static void overtaking(
      Link link,
      PortRows rows,
      int first,
      int second,
      IntFunction<String> names,
      Consumer<Flaw> flaws) {
    flaws.accept(
        new Flaw.Overtaking(
            names.apply(rows.stream(first)),
            names.apply(rows.stream(second)),
            link.name(),
            rows.queue(first),
            rows.start(first)));
  }
}
