package dev.perch.inventory;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Reads configuration interfaces where they are written: key, type, default and Javadoc. */
final class ConfigReference {

  record Key(String type, Optional<String> usual, String about) {}

  private ConfigReference() {}

  /** Every key of the {@code @ConfigMapping} interfaces below these folders, by name. */
  static TreeMap<String, Key> read(List<Path> folders) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          if (Files.readString(file).contains("@ConfigMapping(")) {
            sources.add(file);
          }
        }
      }
    }
    TreeMap<String, Key> keys = new TreeMap<>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Scanner(docs, keys).scan(unit, null);
      }
    }
    return keys;
  }

  /** Nested interfaces become nested names, as SmallRye Config reads them. */
  private static final class Scanner extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final TreeMap<String, Key> keys;

    Scanner(DocTrees docs, TreeMap<String, Key> keys) {
      this.docs = docs;
      this.keys = keys;
    }

    @Override
    public Void visitClass(ClassTree type, Void none) {
      argument(type.getModifiers().getAnnotations(), "ConfigMapping", "prefix")
          .ifPresent(prefix -> members(prefix, type, getCurrentPath()));
      return super.visitClass(type, none);
    }

    private void members(String prefix, ClassTree type, TreePath path) {
      for (Tree member : type.getMembers()) {
        if (!(member instanceof MethodTree method)) {
          continue;
        }
        var annotations = method.getModifiers().getAnnotations();
        String name =
            prefix
                + "."
                + argument(annotations, "WithName", "value")
                    .orElse(kebab(method.getName().toString()));
        Optional<ClassTree> nested = nested(type, method.getReturnType().toString());
        if (nested.isPresent()) {
          members(name, nested.get(), new TreePath(path, nested.get()));
        } else {
          keys.put(
              name,
              new Key(
                  method.getReturnType().toString(),
                  argument(annotations, "WithDefault", "value"),
                  about(new TreePath(path, method))));
        }
      }
    }

    private String about(TreePath path) {
      DocCommentTree comment = docs.getDocCommentTree(path);
      if (comment == null) {
        throw new AssertionError("A configuration key without Javadoc: " + path.getLeaf());
      }
      return comment.getFullBody().stream()
          .map(Object::toString)
          .collect(Collectors.joining())
          .replaceAll("\\{@code ([^}]*)}", "`$1`")
          .replaceAll("\\{@link ([^}]*)}", "`$1`")
          .replaceAll("\\s+", " ")
          .strip();
    }

    private static Optional<ClassTree> nested(ClassTree type, String name) {
      return type.getMembers().stream()
          .filter(m -> m instanceof ClassTree c && c.getKind() == Tree.Kind.INTERFACE)
          .map(ClassTree.class::cast)
          .filter(c -> c.getSimpleName().contentEquals(name))
          .findFirst();
    }

    private static Optional<String> argument(
        List<? extends AnnotationTree> annotations, String annotation, String argument) {
      return annotations.stream()
          .filter(a -> a.getAnnotationType().toString().endsWith(annotation))
          .flatMap(a -> a.getArguments().stream())
          .flatMap(a -> value(a, argument).stream())
          .findFirst();
    }

    private static Optional<String> value(ExpressionTree argument, String name) {
      return switch (argument) {
        case AssignmentTree a when a.getVariable().toString().equals(name) ->
            value(a.getExpression(), name);
        case LiteralTree literal -> Optional.of(String.valueOf(literal.getValue()));
        default -> Optional.empty();
      };
    }

    private static String kebab(String camel) {
      return camel.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
  }
}
