package dev.perch.cli.tsn;

import dev.perch.tsn.plan.Options;
import dev.perch.tsn.plan.Replan;
import dev.perch.tsn.plan.Schedule;
import dev.perch.tsn.plan.format.BadInputException;
import dev.perch.tsn.plan.format.InputFault;
import dev.perch.tsn.plan.format.JsonReader;
import dev.perch.tsn.plan.format.PlanDocument;
import dev.perch.tsn.plan.format.Scenario;
import dev.perch.tsn.plan.model.Admission;
import dev.perch.tsn.plan.model.InvalidModelException;
import dev.perch.tsn.plan.model.Network;
import dev.perch.tsn.plan.model.Plan;
import dev.perch.tsn.plan.model.Refusal;
import dev.perch.tsn.plan.model.Stream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Goes on from a plan that was written before. What has a place in it keeps it; what was refused
 * then, and what is asked for now, is tried.
 */
final class Extension {
  private final Path file;
  private final PlanDocument old;
  private final Plan plan;
  private final Map<String, Stream> placed = new LinkedHashMap<>();

  private Extension(Path file, PlanDocument old, Plan plan) {
    this.file = file;
    this.old = old;
    this.plan = plan;
    old.scenario().streams().stream()
        .filter(stream -> plan.streams().containsKey(stream.name()))
        .forEach(stream -> placed.put(stream.name(), stream));
  }

  /**
   * Reads a plan to go on from.
   *
   * @throws BadInputException if the file has none
   */
  static Extension of(Path file) throws BadInputException {
    PlanDocument document = new JsonReader().read(file);
    Plan plan = document.plan();
    if (plan == null) {
      throw new BadInputException(
          List.of(fault(file, "/plan", "nothing", "give a file with a plan")));
    }
    return new Extension(file, document, plan);
  }

  /**
   * Plans on the network that is given now.
   *
   * @param move whether movable streams may be moved for those without a place
   * @throws BadInputException if the plan is not a valid one on this network, or a name is taken
   */
  Planning.Result plan(Scenario asked, Options options, boolean move) throws BadInputException {
    List<Stream> open = open(asked.streams());
    Network network = asked.network();
    Schedule schedule = resume(network, options);
    List<Refusal> refusals = new ArrayList<>();
    for (Admission admission : schedule.admitAll(open)) {
      if (admission instanceof Admission.Refused refused) {
        refusals.add(refused.refusal());
      }
    }
    List<String> moved = List.of();
    if (move && !refusals.isEmpty()) {
      List<String> names = refusals.stream().map(Refusal::stream).toList();
      Duration left = options.limit().minus(schedule.took().planning());
      Replan replan =
          schedule.replan(
              open.stream().filter(stream -> names.contains(stream.name())).toList(),
              left.isNegative() ? Duration.ZERO : left);
      refusals = replan.refusals();
      moved = replan.moved();
    }
    List<Stream> all = new ArrayList<>(placed.values());
    all.addAll(open);
    return new Planning.Result(
        new PlanDocument(new Scenario(network, all), schedule.plan(), refusals),
        moved,
        schedule.took());
  }

  /** Streams without a place: those of then, and those of now. */
  private List<Stream> open(List<Stream> asked) throws BadInputException {
    Map<String, Stream> open = new LinkedHashMap<>();
    old.scenario().streams().stream()
        .filter(stream -> !placed.containsKey(stream.name()))
        .forEach(stream -> open.put(stream.name(), stream));
    List<InputFault> faults = new ArrayList<>();
    for (Stream stream : asked) {
      Stream known = placed.get(stream.name());
      if (known == null) {
        open.put(stream.name(), stream);
      } else if (!known.equals(stream)) {
        faults.add(
            fault(
                file,
                "/streams",
                "another stream " + stream.name() + " with a place",
                "give the new one another name"));
      }
    }
    if (!faults.isEmpty()) {
      throw new BadInputException(faults);
    }
    return List.copyOf(open.values());
  }

  private Schedule resume(Network network, Options options) throws BadInputException {
    try {
      return Schedule.resume(network, List.copyOf(placed.values()), plan, options);
    } catch (InvalidModelException e) {
      throw new BadInputException(
          e.violations().stream()
              .map(one -> fault(file, one.field(), one.found(), one.remedy()))
              .toList());
    }
  }

  private static InputFault fault(Path file, String field, String found, String remedy) {
    return new InputFault(file.toString(), 1, field, found, remedy);
  }
}
