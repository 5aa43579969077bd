"""A Python that is warm already: `serve SOCKET MODULE...` imports the modules, then forks a child for each call of
`call SOCKET [SCRIPT]`, which does what `python [SCRIPT]` does, with the caller's folder, variables, umask and standard streams.
Nothing else is different from a cold one, which spends most of its time on imports. With `serve SOCKET --without NAME MODULE...`
come only those of the modules, and of what they import, that do not import NAME: what reads the environment as it is imported.
"""
import marshal
import os
import socket
import sys


def call(path, args):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(path)
    umask = os.umask(0)
    os.umask(umask)
    socket.send_fds(connection, [b'.'], [0, 1, 2])
    connection.sendall(marshal.dumps((os.getcwd(), dict(os.environ), umask, args)))
    connection.shutdown(socket.SHUT_WR)
    status = connection.recv(1)
    # Without an answer the child was killed, and that is an answer, too.
    os._exit(status[0] if status else 1)


def serve(path, modules):
    import importlib
    import select
    for module in ('runpy', 'tempfile', 'zipfile'):
        importlib.import_module(module)
    if modules[:1] == ['--without']:
        load_without(modules[1], modules[2:])
    else:
        load(modules)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(64)
    print('ready', flush=True)
    while True:
        ready, _, _ = select.select([listener, 0], [], [])
        # Whoever started this one is gone.
        if 0 in ready:
            return reap(0)
        connection, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            become(connection)
        connection.close()
        reap(os.WNOHANG)


def load(modules):
    import importlib
    for module in modules:
        importlib.import_module(module)


class Refusal:
    """Refuses one module to whoever would import it."""

    def __init__(self, name):
        self.name = name

    def find_spec(self, name, path=None, target=None):
        if name == self.name:
            raise ImportError('left to each call')


def load_without(refused, modules):
    import contextlib
    import io
    import importlib
    refusal = Refusal(refused)
    names = imported_by(modules)
    sys.meta_path.insert(0, refusal)
    with contextlib.redirect_stderr(io.StringIO()):
        for name in names:
            # A program that lacks a module of its own may say so, and end.
            with contextlib.suppress(Exception, SystemExit):
                importlib.import_module(name)
    sys.meta_path.remove(refusal)
    assert refused not in sys.modules, refused


def imported_by(modules):
    """All that a process has loaded once it has imported these: asked in a child, in the order in which they came."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        load(modules)
        with open(writing, 'w') as out:
            out.write('\n'.join(sys.modules))
        os._exit(0)
    os.close(writing)
    with open(reading) as names:
        found = names.read().split('\n')
    if os.waitpid(child, 0)[1] != 0:
        raise ImportError('cannot import ' + ' '.join(modules))
    return [name for name in found if name not in sys.modules]


def reap(options):
    try:
        while os.waitpid(-1, options)[0] != 0:
            pass
    except ChildProcessError:
        pass


def become(connection):
    import atexit
    _, streams, _, _ = socket.recv_fds(connection, 1, 3)
    folder, variables, umask, args = marshal.loads(b''.join(iter(lambda: connection.recv(65536), b'')))
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    open_streams()
    os.chdir(folder)
    os.umask(umask)
    os.environ.clear()
    os.environ.update(variables)
    status = run(args)
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    connection.sendall(bytes([status]))
    os._exit(status)


def open_streams():
    """Anew, as Python does it as it starts: a file, a pipe and a terminal are buffered each in its own way."""
    import io
    for number, name in enumerate(('stdin', 'stdout', 'stderr')):
        former = getattr(sys, name)
        raw = open(number, 'wb' if number else 'rb', closefd=False)
        stream = io.TextIOWrapper(raw, former.encoding, former.errors, line_buffering=number == 2 or os.isatty(number))
        setattr(sys, name, stream)
        setattr(sys, f'__{name}__', stream)


def run(args):
    import traceback
    import types
    main = types.ModuleType('__main__')
    sys.modules['__main__'] = main
    sys.argv = args or ['']
    try:
        if args:
            main.__file__ = args[0]
            with open(args[0], 'rb') as script:
                source = script.read()
        else:
            source = sys.stdin.buffer.read()
        exec(compile(source, args[0] if args else '<stdin>', 'exec'), main.__dict__)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return (end.code or 0) & 0xff
        print(end.code, file=sys.stderr)
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == '__main__':
    {'call': call, 'serve': serve}[sys.argv[1]](sys.argv[2], sys.argv[3:])
