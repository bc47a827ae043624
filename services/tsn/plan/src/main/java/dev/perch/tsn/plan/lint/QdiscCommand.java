package dev.perch.tsn.plan.lint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@code tc qdisc} command.
 *
 * @param verb add, replace, change, del
 * @param parent {@code root} or a class, {@code 100:1}
 * @param kind the qdisc; empty if none is named (del)
 * @param options the words behind the kind
 */
record QdiscCommand(
    int line, String verb, String device, String parent, String kind, List<String> options) {
  private static final List<String> VERBS = List.of("add", "replace", "change", "del", "delete");

  QdiscCommand {
    options = List.copyOf(options);
  }

  /** Null if the command is none: any other command of a script. */
  static @Nullable QdiscCommand of(ShellWords.Command command) {
    List<String> words = command.words();
    int tc = 0;
    while (tc < words.size() && !words.get(tc).equals("tc") && !words.get(tc).endsWith("/tc")) {
      tc++;
    }
    int qdisc = tc + 1;
    while (qdisc < words.size() && words.get(qdisc).startsWith("-")) {
      qdisc++;
    }
    if (qdisc + 1 >= words.size()
        || !words.get(qdisc).equals("qdisc")
        || !VERBS.contains(words.get(qdisc + 1))) {
      return null;
    }
    String device = "";
    String parent = "root";
    int at = qdisc + 2;
    while (at < words.size()) {
      String word = words.get(at);
      boolean more = at + 1 < words.size();
      if (word.equals("dev") && more) {
        device = words.get(++at);
      } else if (word.equals("parent") && more) {
        parent = words.get(++at);
      } else if (word.equals("handle") && more) {
        at++;
      } else if (!word.equals("root") && !word.equals("stab")) {
        break;
      }
      at++;
    }
    String kind = at < words.size() ? words.get(at) : "";
    List<String> options = at < words.size() ? words.subList(at + 1, words.size()) : List.of();
    String verb = words.get(qdisc + 1).equals("delete") ? "del" : words.get(qdisc + 1);
    return new QdiscCommand(command.line(), verb, device, parent, kind, options);
  }

  Place place(String source) {
    return new Place(source, "line " + line, device);
  }
}
