/** What results look like: tables for people, JSON and YAML for programs. */
@NullMarked
package dev.perch.cli.output;

import org.jspecify.annotations.NullMarked;
