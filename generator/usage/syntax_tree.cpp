#include "usage/syntax_tree.hpp"

#include <sys/stat.h>

#include <string_view>

#include "support/error.hpp"

namespace bpfbuild::usage {

using emit::Place;

SyntaxTree::SyntaxTree(const LibClang& clang, const Stage& stage, const Source& source,
                       const emit::Places& places)
    : clang_(clang),
      places_(places),
      index_(clang.createIndex(0, 0), clang.disposeIndex),
      unit_(nullptr, clang.disposeTranslationUnit) {
  const std::vector<std::string> arguments = stage.arguments(source);
  std::vector<const char*> words{"-x", "c"};
  for (const std::string& argument : arguments) words.push_back(argument.c_str());
  CXTranslationUnit parsed = nullptr;
  const CXErrorCode code = clang_.parseTranslationUnit2(index_.get(), source.path.c_str(), words.data(),
                                                        static_cast<int>(words.size()), nullptr, 0,
                                                        CXTranslationUnit_None, &parsed);
  unit_.reset(parsed);
  if (code != CXError_Success) throw Error("clang cannot read it").at(source.path.native());
  fail_on_errors();

  struct stat status {};
  if (::stat(stage.file().c_str(), &status) == 0) {
    device_ = status.st_dev;
    inode_ = status.st_ino;
  }
  for (const CXCursor& declaration : children(clang_.getTranslationUnitCursor(parsed))) {
    const Location location = location_of(clang_.getCursorLocation(declaration));
    includes_header_ = includes_header_ || location.in_header;
    if (!location.in_header && location.file != nullptr) program_.push_back(declaration);
  }
}

void SyntaxTree::fail_on_errors() const {
  for (unsigned i = 0; i < clang_.getNumDiagnostics(unit_.get()); ++i) {
    const CXDiagnostic diagnostic = clang_.getDiagnostic(unit_.get(), i);
    const bool is_error = clang_.getDiagnosticSeverity(diagnostic) >= CXDiagnostic_Error;
    std::string text = clang_.text(
        clang_.formatDiagnostic(diagnostic, CXDiagnostic_DisplaySourceLocation | CXDiagnostic_DisplayColumn));
    clang_.disposeDiagnostic(diagnostic);
    if (!is_error) continue;
    for (const std::string_view word : {"fatal error: ", "error: "}) {
      const auto at = text.find(word);
      if (at != std::string::npos) text.erase(at, word.size());
    }
    throw Error(text);
  }
}

std::vector<CXCursor> SyntaxTree::children(CXCursor cursor) const {
  std::vector<CXCursor> list;
  clang_.visitChildren(
      cursor,
      [](CXCursor child, CXCursor, CXClientData data) {
        static_cast<std::vector<CXCursor>*>(data)->push_back(child);
        return CXChildVisit_Continue;
      },
      &list);
  return list;
}

SyntaxTree::Location SyntaxTree::location_of(CXSourceLocation place) const {
  Location location;
  clang_.getFileLocation(place, &location.file, nullptr, nullptr, &location.offset);
  if (location.file == nullptr) return location;
  if (location.file != last_file_) {
    CXFileUniqueID id;
    last_file_ = location.file;
    last_is_header_ =
        clang_.getFileUniqueID(location.file, &id) == 0 && id.data[0] == device_ && id.data[1] == inode_;
  }
  location.in_header = last_is_header_;
  return location;
}

std::string SyntaxTree::file_of(CXCursor declaration) const {
  const Location location = location_of(clang_.getCursorLocation(declaration));
  const std::string name = clang_.text(clang_.getFileName(location.file));
  return name.substr(name.rfind('/') + 1);
}

std::string SyntaxTree::spelling(CXCursor cursor) const {
  return clang_.text(clang_.getCursorSpelling(cursor));
}

std::string SyntaxTree::printed(CXCursor declaration) const {
  const CXPrintingPolicy policy = clang_.getCursorPrintingPolicy(declaration);
  clang_.PrintingPolicy_setProperty(policy, CXPrintingPolicy_TerseOutput, 1);
  std::string text = clang_.text(clang_.getCursorPrettyPrinted(declaration, policy));
  clang_.PrintingPolicy_dispose(policy);
  return text;
}

std::optional<long long> SyntaxTree::constant(CXCursor expression) const {
  const auto dispose = [&](void* result) { clang_.EvalResult_dispose(result); };
  const std::unique_ptr<void, decltype(dispose)> result(clang_.Cursor_Evaluate(expression), dispose);
  if (result == nullptr || clang_.EvalResult_getKind(result.get()) != CXEval_Int) return std::nullopt;
  return clang_.EvalResult_getAsLongLong(result.get());
}

bool SyntaxTree::is_array(CXCursor expression) const {
  while (clang_.getCursorKind(expression) == CXCursor_UnexposedExpr ||
         clang_.getCursorKind(expression) == CXCursor_ParenExpr) {
    const std::vector<CXCursor> inner = children(expression);
    if (inner.size() != 1) return false;
    expression = inner.front();
  }
  return clang_.getCanonicalType(clang_.getCursorType(expression)).kind == CXType_ConstantArray;
}

bool SyntaxTree::is_pointer(CXType type) const {
  return clang_.getCanonicalType(type).kind == CXType_Pointer;
}

CXType SyntaxTree::pointee(CXType type) const { return clang_.getPointeeType(clang_.getCanonicalType(type)); }

CXType SyntaxTree::without_arrays(CXType type) const {
  type = clang_.getCanonicalType(type);
  while (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray ||
         type.kind == CXType_VariableArray) {
    type = clang_.getCanonicalType(clang_.getArrayElementType(type));
  }
  return type;
}

std::optional<Place> SyntaxTree::place_of(CXCursor declaration) const {
  const Location start = location_of(clang_.getRangeStart(clang_.getCursorExtent(declaration)));
  return start.in_header ? places_.at(start.offset) : std::nullopt;
}

std::optional<Place> SyntaxTree::record_of(CXType type) const {
  type = without_arrays(type);
  return type.kind == CXType_Record ? place_of(clang_.getTypeDeclaration(type)) : std::nullopt;
}

std::optional<Place> SyntaxTree::enum_of(CXType type) const {
  type = without_arrays(type);
  return type.kind == CXType_Enum ? place_of(clang_.getTypeDeclaration(type)) : std::nullopt;
}

std::optional<Place> SyntaxTree::record_behind(CXType type) const {
  const CXType behind = pointee(type);
  return behind.kind == CXType_Invalid ? std::nullopt : record_of(behind);
}

}  // namespace bpfbuild::usage
