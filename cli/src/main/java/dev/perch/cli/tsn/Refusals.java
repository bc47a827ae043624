package dev.perch.cli.tsn;

import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Relaxation;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Refusals in words. */
final class Refusals {
  private static final int MOST_NAMED = 5;

  private Refusals() {}

  static String explain(Refusal refusal) {
    StringBuilder text = new StringBuilder("refused ").append(refusal.stream());
    text.append(": ").append(refusal.reason());
    text.append(" (failure code ").append(refusal.code().code()).append(", ");
    text.append(words(refusal.code().name()));
    if (refusal.link() != null) {
      text.append(", at ").append(refusal.link());
    }
    text.append("; ").append(words(refusal.proof().name())).append(')');
    if (!refusal.blocking().isEmpty()) {
      List<String> first =
          refusal.blocking().subList(0, Math.min(MOST_NAMED, refusal.blocking().size()));
      text.append("; in the way: ").append(String.join(", ", first));
      int more = refusal.blocking().size() - first.size();
      if (more > 0) {
        text.append(" and ").append(more).append(" more");
      }
    }
    if (!refusal.relaxations().isEmpty()) {
      text.append("; would be accepted with ");
      text.append(
          refusal.relaxations().stream().map(Refusals::words).collect(Collectors.joining(", or ")));
    }
    return text.toString();
  }

  private static String words(Relaxation relaxation) {
    String unit = relaxation.property() == Relaxation.Property.FRAME_BYTES ? "" : " ns";
    return words(relaxation.property().name())
        + " "
        + relaxation.accepted()
        + unit
        + " instead of "
        + relaxation.asked();
  }

  private static String words(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
