#include "libbpf_output.hpp"

#include <bpf/libbpf.h>

#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <utility>

namespace bpfbuild {

namespace {

thread_local LibbpfOutput* current = nullptr;
std::mutex mutex;
int users = 0;
libbpf_print_fn_t previous = nullptr;

int print(libbpf_print_level level, const char* format, va_list arguments) {
  if (!current) return previous ? previous(level, format, arguments) : 0;
  // The log of a program that was accepted comes as a debugging message.
  if (level == LIBBPF_DEBUG && !std::strstr(format, "PROG LOAD LOG")) return 0;
  va_list copy;
  va_copy(copy, arguments);
  const int length = std::vsnprintf(nullptr, 0, format, copy);
  va_end(copy);
  if (length <= 0) return 0;
  std::string text(static_cast<std::size_t>(length) + 1, '\0');
  std::vsnprintf(text.data(), text.size(), format, arguments);
  text.pop_back();
  current->append(text);
  return length;
}

}  // namespace

LibbpfOutput::LibbpfOutput() : outer_(std::exchange(current, this)) {
  const std::lock_guard<std::mutex> lock(mutex);
  if (users++ == 0) previous = libbpf_set_print(print);
}

LibbpfOutput::~LibbpfOutput() {
  current = outer_;
  const std::lock_guard<std::mutex> lock(mutex);
  if (--users == 0) libbpf_set_print(previous);
}

}  // namespace bpfbuild
