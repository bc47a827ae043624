package dev.perch.tsn.plan.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of text, as people's editors leave it: with or without a byte order mark. */
final class TextFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextFile() {}

  /** Its text; empty, and a fault, if it cannot be read. Bytes that are no UTF-8 become U+FFFD. */
  static String read(Path path, Faults faults) {
    try {
      String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      faults.add(path.toString(), 0, "", "no such file", "give one that exists");
    } catch (AccessDeniedException e) {
      faults.add(path.toString(), 0, "", "a file that may not be read", "allow it");
    } catch (IOException e) {
      faults.add(path.toString(), 0, "", String.valueOf(e.getMessage()), "give a file of text");
    }
    return "";
  }
}
