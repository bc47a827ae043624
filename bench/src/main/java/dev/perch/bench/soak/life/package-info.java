/** Days in the life of hosts: what they leave in the database, and what is forgotten again. */
@NullMarked
package dev.perch.bench.soak.life;

import org.jspecify.annotations.NullMarked;
