/// The code of a source as libclang has it, and what in it is of the kernel's types.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "emit/places.hpp"
#include "usage/libclang.hpp"
#include "usage/stage.hpp"

namespace bpfbuild::usage {

class SyntaxTree {
 public:
  /// Parses a source, which on the stage finds a header with all types of a kernel; `places` is what stands
  /// where in that. Throws Error "FILE:LINE:COLUMN: MESSAGE" for code that does not compile.
  SyntaxTree(const LibClang& clang, const Stage& stage, const Source& source, const emit::Places& places);

  [[nodiscard]] bool includes_header() const { return includes_header_; }
  /// What is declared outside of the header, in files of the program and of others.
  [[nodiscard]] const std::vector<CXCursor>& program() const { return program_; }

  [[nodiscard]] std::vector<CXCursor> children(CXCursor cursor) const;
  /// The file that a declaration is in, without folders.
  [[nodiscard]] std::string file_of(CXCursor declaration) const;
  [[nodiscard]] std::string spelling(CXCursor cursor) const;
  /// A declaration as it is printed, without a body.
  [[nodiscard]] std::string printed(CXCursor declaration) const;
  /// The value of a constant expression.
  [[nodiscard]] std::optional<long long> constant(CXCursor expression) const;
  /// Whether an array is in an expression, behind its conversion to a pointer.
  [[nodiscard]] bool is_array(CXCursor expression) const;

  [[nodiscard]] bool is_pointer(CXType type) const;
  [[nodiscard]] CXType pointee(CXType type) const;
  [[nodiscard]] CXType without_arrays(CXType type) const;

  /// What a declaration declares of the kernel's types; nothing if it is not in the header.
  [[nodiscard]] std::optional<emit::Place> place_of(CXCursor declaration) const;
  /// The kernel's record or enum that a type is, or is an array of, or is a pointer to.
  [[nodiscard]] std::optional<emit::Place> record_of(CXType type) const;
  [[nodiscard]] std::optional<emit::Place> enum_of(CXType type) const;
  [[nodiscard]] std::optional<emit::Place> record_behind(CXType type) const;

 private:
  struct Location {
    CXFile file = nullptr;
    unsigned offset = 0;
    bool in_header = false;
  };

  void fail_on_errors() const;
  [[nodiscard]] Location location_of(CXSourceLocation place) const;

  const LibClang& clang_;
  const emit::Places& places_;
  std::unique_ptr<void, void (*)(CXIndex)> index_;
  std::unique_ptr<CXTranslationUnitImpl, void (*)(CXTranslationUnit)> unit_;
  std::vector<CXCursor> program_;
  bool includes_header_ = false;
  unsigned long long device_ = 0, inode_ = 0;  // of the header
  mutable CXFile last_file_ = nullptr;  // and whether it is the header, since most questions are of one
  mutable bool last_is_header_ = false;
};

}  // namespace bpfbuild::usage
