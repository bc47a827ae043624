@NullMarked
package dev.perch.bench.certmon;

import org.jspecify.annotations.NullMarked;
