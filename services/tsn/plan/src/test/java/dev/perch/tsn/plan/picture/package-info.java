@NullMarked
package dev.perch.tsn.plan.picture;

import org.jspecify.annotations.NullMarked;
