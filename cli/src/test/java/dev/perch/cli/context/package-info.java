@NullMarked
package dev.perch.cli.context;

import org.jspecify.annotations.NullMarked;
