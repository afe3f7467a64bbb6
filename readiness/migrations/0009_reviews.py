import django.db.models.deletion
import django.db.models.functions.datetime
import governance.models.tenancy
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0007_authority'),
        ('readiness', '0008_signed_acts'),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.organisation')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.project')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('judgement', models.UUIDField()),
                ('judged_at', models.DateTimeField()),
                ('paper', models.CharField(choices=[('PAGE', 'Gate page'), ('REPORT', 'Printed report')], max_length=8)),
                ('opened_at', models.DateTimeField()),
            ],
            options={
                'constraints': [governance.models.tenancy.SameTenant(link='project', name='review_has_its_projects_client', tenant='organisation'), models.UniqueConstraint(fields=('account', 'judgement', 'paper'), name='a_judgement_is_opened_first_once')],
            },
        ),
        migrations.CreateModel(
            name='CaveatReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.organisation')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.project')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recorded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('caveat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.caveat')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('opened_at', models.DateTimeField()),
            ],
            options={
                'constraints': [governance.models.tenancy.SameTenant(link='project', name='caveat_reading_has_its_projects_client', tenant='organisation'), governance.models.tenancy.SameTenant(link='caveat', name='caveat_reading_and_caveat_share_a_project', tenant='project'), models.UniqueConstraint(fields=('caveat', 'account'), name='somebody_opens_a_caveat_first_once')],
            },
        ),
        migrations.AddField(
            model_name='digestchoice',
            name='hour',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='reportedreading',
            name='edition',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='reportedreading',
            name='import_run',
            field=models.ForeignKey(blank=True, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.importrun'),
        ),
        governance.models.tenancy.AddConstraints(
            constraints={'digestchoice': [models.CheckConstraint(condition=models.Q(('hour__isnull', True), ('hour__lte', 23), _connector='OR'), name='a_day_has_24_hours')], 'reportedreading': [governance.models.tenancy.SameTenant(link='import_run', name='reading_and_import_run_share_a_client', tenant='organisation')]},
        ),
    ]
