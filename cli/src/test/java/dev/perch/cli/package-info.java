@NullMarked
package dev.perch.cli;

import org.jspecify.annotations.NullMarked;
