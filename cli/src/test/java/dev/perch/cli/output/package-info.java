@NullMarked
package dev.perch.cli.output;

import org.jspecify.annotations.NullMarked;
