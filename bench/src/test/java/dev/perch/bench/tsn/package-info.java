@NullMarked
package dev.perch.bench.tsn;

import org.jspecify.annotations.NullMarked;
