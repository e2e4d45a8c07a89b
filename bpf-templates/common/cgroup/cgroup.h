/* Attaching to a cgroup. */
#ifndef CGROUP_H
#define CGROUP_H

#include <bpf/libbpf.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* Ends the program when there is no such cgroup. */
static inline int open_cgroup(const char* path) {
  const int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) err(1, "cgroup '%s'", path);
  if (faccessat(directory, "cgroup.procs", F_OK, 0) == 0) return directory;
  /* Systems with both versions of cgroups have those that programs can be attached to one level below. */
  const int unified = openat(directory, "unified", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (unified < 0) errx(1, "'%s' is no cgroup", path);
  close(directory);
  return unified;
}

/* Attaches a program to a cgroup, named by its directory, for the processes in it and below it. Returns 0, with the link
 * in `link`, or a negative errno. */
static inline int attach_to_cgroup(const struct bpf_program* program, const char* cgroup, struct bpf_link** link) {
  const int directory = open_cgroup(cgroup);
  *link = bpf_program__attach_cgroup(program, directory);
  const int error = errno;
  close(directory);
  return *link ? 0 : -error;
}

#endif
