@NullMarked
package dev.perch.cli.tsn;

import org.jspecify.annotations.NullMarked;
