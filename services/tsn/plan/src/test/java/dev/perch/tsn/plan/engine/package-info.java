@NullMarked
package dev.perch.tsn.plan.engine;

import org.jspecify.annotations.NullMarked;
