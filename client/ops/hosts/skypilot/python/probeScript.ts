// The Python program that the server's own interpreter is asked to run: does each class import, is it a plugin, does it take its
// parameters, and which distribution is it of? Asked without imports, it runs no code of a plugin and says less. It goes the server's own way (split at the last dot, import, take the attribute,
// check the base) and stops before anything is constructed. With a wheel, that wheel is looked at as if it were installed.

export const probeScript = `
import importlib, importlib.machinery, inspect, json, os, sys, tempfile, hashlib
answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)
ask = json.loads(sys.argv[1])
sys.path[:] = [one for one in sys.path if one != ""]
try:
    import importlib.metadata as metadata
except ImportError:
    metadata = None

def line(error):
    return (type(error).__name__ + ": " + str(error)).splitlines()[0][:400]

def normal(name):
    return (name or "").lower().replace("_", "-").replace(".", "-")

def facts(one):
    text = one.read_text("RECORD") or ""
    own = ("/INSTALLER", "/REQUESTED", "/direct_url.json", "/RECORD")
    rows = [row for row in text.splitlines() if not row.split(",")[0].endswith(own) and ".pyc," not in row]
    found = {"name": one.metadata["Name"], "version": one.version, "record": hashlib.sha256("\\n".join(sorted(rows)).encode()).hexdigest()}
    try:
        found["changedAt"] = max(os.stat(str(file.locate())).st_mtime for file in one.files or [] if str(file).endswith("/METADATA")) * 1000
    except Exception:
        pass
    return found

def distribution_of(module, tops):
    for name in tops.get(module.split(".")[0], []):
        try:
            return facts(metadata.distribution(name))
        except Exception:
            pass
    return None

def judge(entry, base, tops, told):
    path = entry["class"]
    told["class"] = path
    if "." not in path:
        return "path", "ValueError: the class has no module in front of it"
    module, name = path.rsplit(".", 1)
    if not ask["imports"]:
        top = module.split(".")[0]
        if metadata is not None:
            told["distribution"] = distribution_of(module, tops)
        try:
            known = top in sys.builtin_module_names or importlib.machinery.PathFinder.find_spec(top) is not None
        except Exception:
            known = True
        return (None, None) if known or told.get("distribution") else ("module", "ModuleNotFoundError: No module named '" + top + "'")
    try:
        loaded = importlib.import_module(module)
    except ImportError as error:
        told["missing"] = getattr(error, "name", None)
        return "module", line(error)
    except BaseException as error:
        return "module", line(error)
    if metadata is not None:
        told["distribution"] = distribution_of(module, tops)
    told["file"] = getattr(loaded, "__file__", None)
    if not hasattr(loaded, name):
        return "attribute", "AttributeError: module " + module + " has no " + name
    cls = getattr(loaded, name)
    if not inspect.isclass(cls):
        return "base", "TypeError: " + name + " is no class"
    if base is None:
        return None, None
    if not issubclass(cls, base):
        return "base", "TypeError: " + name + " does not derive from BasePlugin"
    if inspect.isabstract(cls):
        return "abstract", "TypeError: " + name + " leaves " + ", ".join(sorted(cls.__abstractmethods__)) + " abstract"
    try:
        inspect.signature(cls).bind(**entry.get("parameters", {}))
    except TypeError as error:
        return "parameters", line(error)
    except Exception:
        pass
    hidden = getattr(cls, "hidden_from_display", None) is not getattr(base, "hidden_from_display", None)
    contexts = getattr(cls, "load_contexts", None)
    try:
        contexts = sorted(getattr(one, "name", str(one)) for one in contexts) if contexts is not None else None
    except Exception:
        contexts = None
    told["shown"] = not hidden and (contexts is None or "UVICORN" in contexts)
    return None, None

def main():
    told = {"python": sys.executable, "pythonVersion": sys.version.split()[0], "classes": [], "distributions": []}
    base = None
    try:
        if not ask["imports"]:
            raise ImportError("not asked for")
        import sky
        told["sky"] = str(getattr(sys.modules.get("sky"), "__version__", "") or "")
        from sky.server.plugins import BasePlugin as base
    except BaseException as error:
        told["skyError"] = line(error)
    tops = {}
    if metadata is not None and hasattr(metadata, "packages_distributions"):
        tops = metadata.packages_distributions()
    for entry in ask["entries"]:
        row = {}
        stage, error = judge(entry, base, tops, row)
        if stage is not None:
            row.update(stage=stage, error=error)
        told["classes"].append(row)
    wanted = [normal(name) for name in ask["distributions"]]
    if metadata is not None and wanted:
        for one in metadata.distributions():
            if normal(one.metadata["Name"]) in wanted:
                told["distributions"].append(facts(one))
    answer.write("\\nplugsmith:" + json.dumps(told) + "\\n")
    answer.flush()

wheel = ask.get("wheel")
if "wheel_bytes" in globals():
    import base64, io
    wheel = io.BytesIO(base64.b64decode(wheel_bytes))
if wheel:
    import zipfile
    with tempfile.TemporaryDirectory() as folder:
        zipfile.ZipFile(wheel).extractall(folder)
        sys.path.insert(0, folder)
        sys.dont_write_bytecode = True
        main()
else:
    main()
answer.close()
os._exit(0)
`;
